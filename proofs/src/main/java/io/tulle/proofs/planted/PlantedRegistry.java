package io.tulle.proofs.planted;

import io.tulle.client.MeshRuntime;
import io.tulle.registry.RegistryOptions;
import io.tulle.registry.RegistryServer;
import io.tulle.registry.store.ConnectionSource;
import io.tulle.registry.store.SqliteStore;
import io.tulle.registry.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;

/** A registry with a bug in its store: {@code PlantedRegistry BUG PORT FOLDER}. Says that it is ready as the real one does. */
public final class PlantedRegistry {
    private PlantedRegistry() {}

    /** Runs it until the process is killed. */
    public static void main(String[] arguments) {
        PlantedBug bug = PlantedBug.valueOf(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        Path data = Path.of(arguments[2]);
        Store store = store(bug, data, MeshRuntime.system());
        RegistryServer server = RegistryServer.start(
                RegistryOptions.DEFAULT.withPort(port).withData(data).withProgress(Duration.ofMillis(500)), store);
        System.out.println("registry ready at " + server.uri() + " (planted: " + bug.title() + ")");
    }

    private static Store store(PlantedBug bug, Path data, MeshRuntime runtime) {
        boolean again = Files.exists(data);
        ConnectionSource source = bug == PlantedBug.UNSYNCED ? PlantedRegistry::unsynced : ConnectionSource.DURABLE;
        Store store = SqliteStore.open(data, source, runtime.ticker(), runtime.scheduler());
        return switch (bug) {
            case LOST_WRITE -> new LosingStore(store);
            case SPLIT_TRANSACTION -> new SplittingStore(store);
            case REVISION_RESET -> again ? ResetStore.of(store, runtime.ticker(), runtime.scheduler()) : store;
            default -> store;
        };
    }

    private static Connection unsynced(Path database) throws java.sql.SQLException {
        Connection connection = ConnectionSource.DURABLE.open(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous=OFF");
        }
        return connection;
    }
}
