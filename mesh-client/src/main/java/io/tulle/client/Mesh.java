package io.tulle.client;

import io.tulle.api.MeshException;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.InvalidResourceException;
import io.tulle.api.resource.Metadata;
import io.tulle.api.source.ResourceSource;
import io.tulle.api.spi.AttemptHeaders;
import io.tulle.client.observe.LoggingListener;
import io.tulle.client.registry.Registered;
import io.tulle.client.registry.Registration;
import io.tulle.client.registry.RegistrySource;
import io.tulle.client.registry.StateFolder;
import io.tulle.client.registry.Sync;
import io.tulle.client.source.FolderSource;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.client.tls.TlsFiles;
import io.tulle.core.call.CallTrace;
import io.tulle.core.call.GuardedListener;
import io.tulle.core.call.Inbound;
import io.tulle.core.call.MeshEngine;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One process's link to the mesh: the configuration it reads and the engine that decides about its calls. Make one per process, give it to the
 * adapters ({@code MeshCalls}), close it last. Thread-safe.
 *
 * <pre>{@code
 * Mesh mesh = Mesh.builder().service("shop/storefront").registry(URI.create("http://localhost:7070")).build();
 * Mesh mesh = Mesh.builder().service("shop/storefront").resources(Path.of("mesh")).build(); // without a registry
 * }</pre>
 */
public final class Mesh implements AutoCloseable {
    private final MeshEngine engine;
    private final MeshRuntime runtime;
    private final ResourceSource source;
    private final @Nullable MeshIdentity identity;
    private final FirstUse firstUse;
    private final Changes changes = new Changes();
    private final Inbound inbound;
    private final CloseActions closing = new CloseActions();

    private Mesh(
            String service,
            MeshEngine engine,
            MeshRuntime runtime,
            ResourceSource source,
            @Nullable MeshIdentity identity) {
        this.engine = engine;
        this.runtime = runtime;
        this.source = source;
        this.identity = identity;
        firstUse = new FirstUse(engine, runtime, source, changes);
        inbound = engine.inbound(service);
    }

    /** Returns a builder; {@link Builder#registry}, {@link Builder#resources} or {@link Builder#source} is required. */
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

    /** Returns who this process is by its certificate, and what TLS needs of that; null without {@link Builder#tls}. */
    public @Nullable MeshIdentity identity() {
        return identity;
    }

    /** Returns how a first call to an unknown service waits for it; for adapters. */
    public FirstUse firstUse() {
        return firstUse;
    }

    /** Returns where to hear of news of the configuration; for adapters. */
    public Changes changes() {
        return changes;
    }

    /**
     * Returns the serving side of this process's own service, for server adapters; one and the same each time. From the first time on the process follows its
     * own service, so that the policy of the service holds here: until it has been heard, everything is admitted.
     */
    public Inbound inbound() {
        source.subscribe(inbound.service());
        return inbound;
    }

    /**
     * Registers this process as an instance of its service, so that others call it: in the background, durably, again with every new session and after every
     * loss of the registry, until it is drained or the mesh is closed. See {@link Registered} for the order in which a process ends.
     *
     * @throws MeshException if the mesh has no registry, or something in the registration is not valid
     */
    public Registered register(Registration registration) {
        if (source instanceof RegistrySource registry) {
            return registry.register(registration);
        }
        throw new MeshException("register(" + registration.name() + ") in a mesh of " + source
                + " (expected: one that was built with registry(...))");
    }

    /** Returns how this process stands with its registry: staleness, what it has not put in force, what it keeps. {@link Sync#NONE} without a registry. */
    public Sync sync() {
        return source instanceof RegistrySource registry ? registry.sync() : Sync.NONE;
    }

    /** Has {@code action} run when this mesh is closed, before what was registered earlier; at once if it is closed already. */
    public void onClose(Runnable action) {
        closing.add(action);
    }

    /**
     * Ends the session with the registry (its instances are deregistered; within two seconds, whatever the registry does), stops watching the configuration and
     * releases what adapters have registered; calls in flight go on, and a new call still runs, under the last configuration, with their timeouts.
     * Idempotent. If an action throws, the others still run, and the first exception is thrown at the end.
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
        private final List<URI> registries = new ArrayList<>();
        private @Nullable Path stateDir;
        private @Nullable TlsFiles tls;
        private final Set<String> uses = new LinkedHashSet<>();
        private @Nullable MeshRuntime runtime;
        private CallTrace trace = CallTrace.NONE;
        private AttemptHeaders headers = AttemptHeaders.NONE;
        private final List<MeshListener> listeners = new ArrayList<>(List.of(new LoggingListener()));

        private Builder() {}

        /**
         * Says which service this process is, as {@code name} or {@code namespace/name}; its namespace is where bare names are looked up. Default: namespace
         * {@code default}.
         */
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

        /**
         * Follows services at a registry, and registers there what {@link Mesh#register} is given. With several, they are tried in this order; they must hold
         * the same data. What was heard last stays in force while none answers, and is kept in {@link #stateDir} for the next process of this service.
         *
         * @param first such as {@code http://localhost:7070}
         */
        public Builder registry(URI first, URI... others) {
            registries.clear();
            registries.add(RegistryAddress.checked(first));
            for (URI other : others) {
                registries.add(RegistryAddress.checked(other));
            }
            return this;
        }

        /** Says where state is kept between processes. Default: {@code $MESH_STATE_DIR}, {@code $XDG_STATE_HOME/tulle} or {@code ~/.local/state/tulle}. */
        public Builder stateDir(Path value) {
            stateDir = Objects.requireNonNull(value, "stateDir");
            return this;
        }

        /**
         * Makes this process the service that a certificate says, to instances whose port speaks mutual TLS and, through {@link Mesh#identity}, as a server.
         * The certificate must name the service that {@link #service} names. The files are watched.
         */
        public Builder tls(TlsFiles value) {
            tls = Objects.requireNonNull(value, "tls");
            return this;
        }

        /**
         * Names services that the process will call, as {@code name} or {@code namespace/name}: {@link #build} waits up to two seconds for them, unless an earlier
         * process has left them on disk. Others are followed from their first call on. May be called several times.
         */
        public Builder uses(String... services) {
            uses.addAll(List.of(services));
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

        /** Adds headers to every attempt, such as a trace context; replaces the former one. Default: none beyond the mesh's own. */
        public Builder headers(AttemptHeaders value) {
            headers = Objects.requireNonNull(value, "headers");
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
            Metadata own = named("service", service, "default");
            checkSources();
            Set<String> used = used(own.namespace());
            MeshIdentity who = identity(own.namespace() + "/" + own.name()); // the likeliest to fail: first
            MeshRuntime with = runtime == null ? MeshRuntime.system() : runtime;
            ResourceSource from = chosenSource(own.namespace() + "/" + own.name(), used, with);
            if (from instanceof RegistrySource registry) {
                listeners.add(registry.listener());
            }
            MeshEngine.Settings settings = MeshEngine.Settings.of(own.namespace(), with.ticker(), with.random())
                    .withListener(GuardedListener.of(List.copyOf(listeners)))
                    .withTrace(trace)
                    .withHeaders(headers);
            Mesh mesh = new Mesh(own.namespace() + "/" + own.name(), new MeshEngine(settings), with, from, who);
            if (runtime == null) {
                mesh.onClose(with::retire);
            }
            if (who != null) {
                mesh.onClose(who::close);
            }
            mesh.onClose(mesh.changes::end); // after the source, which has no news then
            mesh.onClose(from::close);
            return start(mesh, from);
        }

        private @Nullable MeshIdentity identity(String own) {
            if (tls == null) {
                return null;
            }
            MeshIdentity identity = MeshIdentity.of(tls, GuardedListener.of(List.copyOf(listeners)));
            if (!identity.id().service().equals(own)) {
                identity.close();
                throw new MeshException("service: '" + own + "' (expected: '"
                        + identity.id().service() + "', which is what the certificate " + tls.certificate() + " says: "
                        + identity.id() + ")");
            }
            return identity;
        }

        private static Mesh start(Mesh mesh, ResourceSource from) {
            try {
                from.start(mesh.firstUse.sink());
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

        private void checkSources() {
            List<String> given = new ArrayList<>();
            if (!registries.isEmpty()) {
                given.add("registry(" + registries.get(0) + ")");
            }
            if (folder != null) {
                given.add("resources(" + folder + ")");
            }
            if (source != null) {
                given.add("source(" + source + ")");
            }
            if (given.size() > 1) {
                throw new MeshException(String.join(" and ", given) + " (expected: only one of them)");
            }
            if (given.isEmpty()) {
                throw new MeshException(
                        "the mesh has no resources (expected: registry(uri), resources(folder) or source(...))");
            }
        }

        private ResourceSource chosenSource(String own, Set<String> used, MeshRuntime with) {
            if (folder != null) {
                return new FolderSource(folder);
            }
            if (source != null) {
                return source;
            }
            Path state = stateDir == null ? StateFolder.standard() : stateDir;
            return new RegistrySource(new RegistrySource.Settings(own, registries, state, List.copyOf(used)), with);
        }

        private Set<String> used(String namespace) {
            Set<String> names = new LinkedHashSet<>();
            for (String use : uses) {
                Metadata named = named("uses", use, namespace);
                names.add(named.namespace() + "/" + named.name());
            }
            return names;
        }

        private static Metadata named(String what, String reference, String namespace) {
            int slash = reference.indexOf('/');
            try {
                return Metadata.of(
                        slash < 0 ? namespace : reference.substring(0, slash), reference.substring(slash + 1));
            } catch (InvalidResourceException e) {
                throw new MeshException(
                        what + ": '" + reference
                                + "' (expected: a service as name or namespace/name, of lower-case letters, digits and '-')",
                        e);
            }
        }
    }
}
