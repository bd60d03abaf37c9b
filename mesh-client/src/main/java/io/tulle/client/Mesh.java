package io.tulle.client;

import io.tulle.api.MeshException;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.InvalidResourceException;
import io.tulle.api.resource.Metadata;
import io.tulle.api.source.ResourceSource;
import io.tulle.client.observe.LoggingListener;
import io.tulle.client.source.FolderSource;
import io.tulle.core.call.CallTrace;
import io.tulle.core.call.GuardedListener;
import io.tulle.core.call.MeshEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One process's link to the mesh: the configuration it reads and the engine that decides about its calls. Make one per process, give it to the
 * adapters ({@code MeshCalls}), close it last. Thread-safe.
 *
 * <pre>{@code
 * Mesh mesh = Mesh.builder().service("shop/storefront").resources(Path.of("mesh")).build();
 * }</pre>
 */
public final class Mesh implements AutoCloseable {
    private final MeshEngine engine;
    private final MeshRuntime runtime;
    private final CloseActions closing = new CloseActions();

    private Mesh(MeshEngine engine, MeshRuntime runtime) {
        this.engine = engine;
        this.runtime = runtime;
    }

    /** Returns a builder; {@link Builder#resources} or {@link Builder#source} is required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the engine that makes a machine for each call. */
    public MeshEngine engine() {
        return engine;
    }

    /** Returns time, timers and randomness. */
    public MeshRuntime runtime() {
        return runtime;
    }

    /** Has {@code action} run when this mesh is closed, before what was registered earlier; at once if it is closed already. */
    public void onClose(Runnable action) {
        closing.add(action);
    }

    /**
     * Stops watching the configuration and releases what adapters have registered; calls in flight go on, and a new
     * call still runs, under the last configuration. Idempotent. If an action throws, the
     * others still run, and the first exception is thrown at the end.
     */
    @Override
    public void close() {
        closing.run();
    }

    /** Builds a {@link Mesh}. Not thread-safe. */
    public static final class Builder {
        private String service = "default/application";
        private @Nullable Path folder;
        private @Nullable ResourceSource source;
        private @Nullable MeshRuntime runtime;
        private CallTrace trace = CallTrace.NONE;
        private final List<MeshListener> listeners = new ArrayList<>(List.of(new LoggingListener()));

        private Builder() {}

        /** Says which service this process is, as {@code name} or {@code namespace/name}; its namespace is where bare names are looked up. Default: namespace {@code default}. */
        public Builder service(String value) {
            service = Objects.requireNonNull(value, "service");
            return this;
        }

        /** Reads resources from the YAML and JSON files of a folder and watches it. */
        public Builder resources(Path value) {
            folder = Objects.requireNonNull(value, "resources");
            return this;
        }

        /** Reads resources from a source, which the mesh starts and closes. */
        public Builder source(ResourceSource value) {
            source = Objects.requireNonNull(value, "source");
            return this;
        }

        /** Adds a listener; may be called several times. What it throws is logged and disturbs no call. */
        public Builder listener(MeshListener value) {
            listeners.add(Objects.requireNonNull(value, "listener"));
            return this;
        }

        /** Replaces time, timers and randomness, for tests; the mesh does not close it. */
        public Builder runtime(MeshRuntime value) {
            runtime = Objects.requireNonNull(value, "runtime");
            return this;
        }

        /** Sees events and commands of every call, for the driver TCK. */
        public Builder trace(CallTrace value) {
            trace = Objects.requireNonNull(value, "trace");
            return this;
        }

        /**
         * Reads the first configuration and returns the mesh.
         *
         * @throws MeshException if something is missing or contradictory, or if the configuration cannot be read; the message says what and where
         */
        public Mesh build() {
            String namespace = namespace();
            ResourceSource from = chosenSource();
            MeshRuntime with = runtime == null ? MeshRuntime.system() : runtime;
            MeshEngine.Settings settings = MeshEngine.Settings.of(namespace, with.ticker(), with.random())
                    .withListener(GuardedListener.of(List.copyOf(listeners)))
                    .withTrace(trace);
            Mesh mesh = new Mesh(new MeshEngine(settings), with);
            if (runtime == null) {
                mesh.onClose(with::close);
            }
            mesh.onClose(from::close);
            return start(mesh, from);
        }

        private static Mesh start(Mesh mesh, ResourceSource from) {
            try {
                from.start(mesh.engine);
                return mesh;
            } catch (RuntimeException e) {
                closeAfter(e, mesh);
                throw e instanceof MeshException ? e : new MeshException("the resources cannot be read: " + e, e);
            }
        }

        private static void closeAfter(RuntimeException failure, Mesh mesh) {
            try {
                mesh.close();
            } catch (RuntimeException second) {
                failure.addSuppressed(second);
            }
        }

        private ResourceSource chosenSource() {
            if (folder != null && source != null) {
                throw new MeshException(
                        "resources(" + folder + ") and source(" + source + ") (expected: only one of them)");
            }
            if (folder != null) {
                return new FolderSource(folder);
            }
            if (source == null) {
                throw new MeshException("the mesh has no resources (expected: resources(folder) or source(...))");
            }
            return source;
        }

        private String namespace() {
            int slash = service.indexOf('/');
            try {
                return Metadata.of(slash < 0 ? "default" : service.substring(0, slash), service.substring(slash + 1))
                        .namespace();
            } catch (InvalidResourceException e) {
                throw new MeshException(
                        "service: '" + service
                                + "' (expected: a service as name or namespace/name, of lower-case letters, digits and '-')",
                        e);
            }
        }
    }
}
