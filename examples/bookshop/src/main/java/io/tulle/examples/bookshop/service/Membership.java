package io.tulle.examples.bookshop.service;

import io.tulle.api.resource.TlsMode;
import io.tulle.client.Mesh;
import io.tulle.client.registry.Registered;
import io.tulle.client.registry.Registration;
import io.tulle.client.tls.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A backend's place in the mesh: it registers itself when it is ready, and says goodbye before it stops. This is all that an instance has to do. */
public final class Membership {
    private static final Duration PROPAGATION = Duration.ofSeconds(3);

    private final Mesh mesh;
    private final Registered registered;

    private Membership(Mesh mesh, Registered registered) {
        this.mesh = mesh;
        this.registered = registered;
    }

    /**
     * Opens the mesh as an instance of {@code service} in the namespace {@code shop} has it.
     *
     * @param tls the folder with its certificate, key and authorities
     */
    public static Mesh mesh(URI registry, Path state, Path tls, String service) {
        return Mesh.builder()
                .service("shop/" + service)
                .registry(registry)
                .stateDir(state)
                .tls(TlsFiles.in(tls))
                .build();
    }

    /** Registers an instance; it stays registered for as long as this process lives. */
    public static Membership join(Mesh mesh, Registration registration) {
        return new Membership(mesh, mesh.register(registration));
    }

    /** Returns what an instance of this process says of itself; {@code version} is a label, empty for none. */
    public static Registration registration(String instance, String service, int port, String version) {
        Map<String, String> labels = version.isEmpty() ? Map.of() : Map.of("version", version);
        return Registration.of(instance, "127.0.0.1", port)
                .withLabels(labels)
                .withProtocol(Backend.protocol(service))
                .withTls(TlsMode.MUTUAL);
    }

    /** Waits until the registry has it; returns whether it has within {@code limit}. */
    public boolean await(Duration limit) throws InterruptedException {
        return registered.await(limit);
    }

    /** Ends an instance so that no caller sees it end: they hear that it goes, {@code stop} finishes what has come, then the session ends. */
    public void leave(Runnable stop) throws InterruptedException {
        registered.drain(PROPAGATION);
        stop.run();
        mesh.close();
    }
}
