package io.tulle.registry;

import io.tulle.registry.http.DocsEndpoints;
import io.tulle.registry.http.Health;
import io.tulle.registry.http.HealthEndpoints;
import io.tulle.registry.http.HttpShell;
import io.tulle.registry.http.Loopback;
import io.tulle.registry.store.Store;
import java.io.IOException;
import java.net.URI;

/**
 * A registry that runs: puts store, catalog, resources, sessions and watch together behind one port. The port is open first and says that it is not ready
 * until everything is loaded. Thread-safe.
 */
public final class RegistryServer implements AutoCloseable {
    private final RegistryOptions options;
    private final HttpShell shell;
    private final Store store;

    private RegistryServer(RegistryOptions options, HttpShell shell, Store store) {
        this.options = options;
        this.shell = shell;
        this.store = store;
    }

    /**
     * Starts a registry on {@code store}, which it closes at its end.
     *
     * @throws CannotStartException if the address cannot be used
     */
    public static RegistryServer start(RegistryOptions options, Store store) {
        HttpShell shell = open(options);
        RegistryServer server = new RegistryServer(options, shell, store);
        shell.serve(config -> {
            new HealthEndpoints(server::health).addTo(config);
            new DocsEndpoints().addTo(config);
        });
        return server;
    }

    private static HttpShell open(RegistryOptions options) {
        if (!Loopback.binds(options.host())) {
            throw new CannotStartException(
                    "--host " + options.host()
                            + " can be reached from other machines, and there is neither TLS nor authentication yet (expected: a loopback address such as 127.0.0.1)");
        }
        try {
            return HttpShell.open(options.host(), options.port());
        } catch (IOException e) {
            throw new CannotStartException("port " + options.port() + " of " + options.host() + " cannot be opened: "
                    + e.getMessage() + " (stop what listens there, or choose another with --port)");
        }
    }

    private Health health() {
        return new Health(true, true, store.epoch(), store.revision(), false);
    }

    /** Returns where it answers. */
    public URI uri() {
        return options.uri(shell.port());
    }

    /** Ends watch streams, lets requests in flight finish, closes the store. Idempotent. */
    @Override
    public void close() {
        shell.close();
        store.close();
    }
}
