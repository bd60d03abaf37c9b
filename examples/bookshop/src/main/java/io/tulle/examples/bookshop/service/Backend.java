package io.tulle.examples.bookshop.service;

import io.tulle.api.resource.Protocol;
import io.tulle.client.Mesh;
import io.tulle.client.tls.MeshIdentity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One instance of catalog, reviews or ratings: a door for requests, the work behind it, and a port at which it is looked after. Thread-safe. */
public final class Backend {
    private static final String GRPC_SERVICE = "ratings";

    private final Work work;
    private final Door door;
    private final AdminPort admin;

    private Backend(Work work, Door door, AdminPort admin) {
        this.work = work;
        this.door = door;
        this.admin = admin;
    }

    /**
     * Starts an instance on the loopback address.
     *
     * @param service whose instance it is; ratings speaks gRPC, the others HTTP
     * @param port 0 for any free one
     * @param mesh the one that it belongs to; null for one that anybody may call, in plain text
     */
    public static Backend start(String name, String service, int port, @Nullable Mesh mesh) throws IOException {
        Work work = new Work();
        MeshIdentity identity = mesh == null ? null : mesh.identity();
        Door door = protocol(service) == Protocol.GRPC
                ? GrpcDoor.open(name, port, work, mesh)
                : HttpDoor.open(name, port, work, mesh);
        AdminPort admin = AdminPort.open(
                () -> work.stats(identity == null ? 0 : identity.expires().getEpochSecond()), work::fault);
        return new Backend(work, door, admin);
    }

    /** Returns what instances of a service speak. */
    static Protocol protocol(String service) {
        return service.equals(GRPC_SERVICE) ? Protocol.GRPC : Protocol.HTTP;
    }

    /** Returns where callers find it. */
    public int port() {
        return door.port();
    }

    /** Returns where the demo looks after it. */
    public int adminPort() {
        return admin.port();
    }

    /** Answers requests to itself until the code behind them is warm: a service that reports ready should be. */
    public void warmUp() throws IOException {
        door.warmUp();
    }

    /** Stops taking requests and gives those in flight a second. */
    public void stop() {
        door.close();
        work.stop();
        admin.close();
    }
}
