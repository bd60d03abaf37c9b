package io.tulle.proofs.planted;

import io.tulle.proofs.check.Checker;
import io.tulle.proofs.check.Verdict;
import io.tulle.proofs.history.History;
import io.tulle.proofs.history.Recorder;
import io.tulle.proofs.live.LiveRun;
import io.tulle.proofs.process.RegistryProcess;
import io.tulle.registry.RegistryMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One run of a registry, sound or with a planted bug, that is killed on the way, and what the checker says of its history. */
final class LiveCheck {
    private final LiveRun.Settings settings;
    private final Duration time;
    private final int kills;

    LiveCheck(LiveRun.Settings settings, Duration time, int kills) {
        this.settings = settings;
        this.time = time;
        this.kills = kills;
    }

    /**
     * Runs.
     *
     * @param bug what is planted, or null
     * @param folder for data, log and history; made
     */
    Verdict run(@Nullable PlantedBug bug, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path file = folder.resolve("history.jsonl");
        List<StreamProxy> proxies = new ArrayList<>();
        try (Recorder recorder = Recorder.to(file);
                LiveRun run =
                        LiveRun.start(settings, port -> start(bug, port, folder), recorder, streams(bug, proxies))) {
            Duration part = time.dividedBy(kills + 1);
            for (int i = 0; i < kills; i++) {
                run.letRun(part);
                run.restart();
                run.read();
            }
            run.letRun(part);
            run.finish();
        } finally {
            proxies.forEach(StreamProxy::close);
        }
        return Checker.check(History.read(file));
    }

    private UnaryOperator<URI> streams(@Nullable PlantedBug bug, List<StreamProxy> proxies) {
        return registry -> {
            if (bug == null || bug.place() != PlantedBug.Place.STREAM) {
                return registry;
            }
            try {
                StreamProxy proxy = StreamProxy.to(registry, bug, settings.seed());
                proxies.add(proxy);
                return proxy.uri();
            } catch (IOException e) {
                throw new UncheckedIOException("the streams cannot be spoiled: " + e.getMessage(), e);
            }
        };
    }

    private static RegistryProcess start(@Nullable PlantedBug bug, int port, Path folder) throws InterruptedException {
        String data = folder.resolve("data").toString();
        Path log = folder.resolve("registry.log");
        return bug == null || bug.place() == PlantedBug.Place.STREAM
                ? RegistryProcess.start(
                        List.of(),
                        RegistryMain.class,
                        List.of("--port", String.valueOf(port), "--data", data, "--progress", "500ms"),
                        log)
                : RegistryProcess.start(
                        List.of(), PlantedRegistry.class, List.of(bug.name(), String.valueOf(port), data), log);
    }
}
