package io.tulle.client.registry;

import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.source.ResourceSource;
import io.tulle.client.MeshRuntime;
import io.tulle.client.wire.RemovalReason;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resources from registries: follows the services that are asked for, over one session, and registers the instances of this process. What was heard last stays
 * in force for ever and is kept on disk, so that neither a call nor a start depends on a registry. Thread-safe.
 */
public final class RegistrySource implements ResourceSource {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrySource.class);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final Duration REMOVE_AGAIN = Duration.ofMillis(250);
    private static final int MOST_ASKED = 1_000;
    private static final long DISK_PAUSE = Duration.ofMillis(500).toNanos();

    private final Settings settings;
    private final MeshRuntime runtime;
    private final Transport transport;
    private final SnapshotFile file;
    private final SnapshotWriter writer;
    private final String uid;
    private final KeptEndpoints kept = new KeptEndpoints(this::gone);
    private final Map<String, Long> asked = new ConcurrentHashMap<>();
    private volatile @Nullable Running running;

    private record Running(SessionLoop loop, Publication publication) {}

    /**
     * What a process says about itself and its registries.
     *
     * @param service this process's service, as {@code namespace/name}
     * @param registries where registries listen, at least one, in the order of preference
     * @param stateDir where processes keep state
     * @param uses services that are followed from the start, as {@code namespace/name}
     */
    public record Settings(String service, List<URI> registries, Path stateDir, List<String> uses) {
        /** Copies. */
        public Settings {
            registries = List.copyOf(registries);
            uses = List.copyOf(uses);
        }
    }

    /** Creates a source; nothing is read or sent before {@link #start}. */
    public RegistrySource(Settings settings, MeshRuntime runtime) {
        this(settings, runtime, new HttpTransport(settings.registries()));
    }

    RegistrySource(Settings settings, MeshRuntime runtime, Transport transport) {
        this.settings = settings;
        this.runtime = runtime;
        this.transport = transport;
        file = SnapshotFile.of(settings.stateDir(), settings.registries().get(0), settings.service());
        writer = new SnapshotWriter(file, DISK_PAUSE);
        uid = String.format("%016x", runtime.random().nextLong());
    }

    /** Returns a listener that the engine must tell of attempts: it finds out whether instances that are kept still answer. */
    public MeshListener listener() {
        return kept;
    }

    /**
     * Puts the snapshot of an earlier process in force, then opens a session in the background. Waits for the services that are used from the start only if one
     * of them is not in that snapshot, and two seconds at most.
     */
    @Override
    public void start(Sink sink) {
        if (running != null) {
            throw new IllegalStateException(this + ": started twice");
        }
        Beliefs beliefs = new Beliefs();
        Enforcement enforcement = new Enforcement(sink);
        String process = "p" + ProcessHandle.current().pid() + "-" + uid;
        SessionMachine machine = new SessionMachine(
                new SessionMachine.Identity(settings.service(), process, client()),
                settings.registries().size(),
                beliefs,
                enforcement,
                runtime.random(),
                runtime.ticker().nanos());
        Publication publication =
                new Publication(settings, new Publication.Of(beliefs, enforcement, machine), sink, kept, writer);
        SessionLoop loop = new SessionLoop(machine, publication, transport, runtime);
        running = new Running(loop, publication);
        settings.uses().forEach(beliefs::follow);
        restore(beliefs, sink);
        writer.start();
        loop.start();
        awaitFirstAnswers(publication.firstAnswers());
    }

    private void restore(Beliefs beliefs, Sink sink) {
        SnapshotFile.Read read = file.read();
        read.problems().forEach(LOG::warn);
        SavedSnapshot snapshot = read.snapshot();
        if (snapshot == null) {
            return;
        }
        snapshot.subscriptions().stream().limit(MOST_ASKED).forEach(beliefs::follow);
        beliefs.services().forEach(belief -> belief.restore(snapshot.resources()));
        sink.namespaces(snapshot.namespaces());
    }

    private void awaitFirstAnswers(CompletableFuture<Void> firstAnswers) {
        try {
            firstAnswers.get(FIRST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "{} has not answered within {} ms about all of {}, and {} does not have them; going on, calls to what is missing fail until a registry answers",
                    this,
                    FIRST_ANSWER.toMillis(),
                    settings.uses(),
                    file.path());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a first answer does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever builds the mesh sees it
        }
    }

    private static String client() {
        String version = RegistrySource.class.getPackage().getImplementationVersion();
        return "tulle/" + (version == null ? "unpackaged" : version);
    }

    @Override
    public boolean subscribe(String service) {
        Running current = running;
        if (current == null || current.publication().answered(service)) {
            return false;
        }
        long now = runtime.ticker().nanos();
        Long first = asked.get(service);
        if (first == null && asked.size() < MOST_ASKED) {
            first = asked.putIfAbsent(service, now);
            if (first == null) {
                current.loop().post((machine, at) -> machine.subscribe(service, at));
                return true;
            }
        }
        return first != null && now - first < FIRST_ANSWER.toNanos();
    }

    /**
     * Registers an instance of this process's service, in the background, and again with every new session until it is drained or this is closed.
     *
     * @throws io.tulle.api.resource.InvalidResourceException if something in it is not valid
     * @throws IllegalStateException before the start
     */
    public Registered register(Registration registration) {
        Running current = started();
        Instance instance = registration.instance(settings.service(), uid);
        Registered registered = new Registered(instance, this);
        current.loop().post((machine, now) -> {
            current.publication().add(registered);
            machine.register(instance, now);
        });
        return registered;
    }

    /**
     * Takes an instance out of the registry; completes with how many followers have not been told within {@code wait}. When the registry cannot be asked,
     * tries again until that time is over.
     */
    CompletableFuture<Integer> deregister(Instance instance, RemovalReason reason, Duration wait) {
        Running current = running;
        if (current == null) {
            return CompletableFuture.failedFuture(new IllegalStateException(this + ": closed"));
        }
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        long until = runtime.ticker().nanos() + wait.toNanos();
        current.loop().post((machine, now) -> {
            current.publication().forget(instance.metadata().name());
            machine.forget(instance.metadata().name());
            var unused = remove(machine, instance, reason, wait).whenComplete((waiting, failure) -> {
                long again = runtime.ticker().nanos() + REMOVE_AGAIN.toNanos();
                if (failure == null) {
                    answer.complete(waiting);
                } else if (again - until >= 0) {
                    answer.completeExceptionally(failure);
                } else {
                    runtime.scheduler()
                            .schedule(
                                    again,
                                    () -> follow(
                                            deregister(instance, reason, Duration.ofNanos(until - again)), answer));
                }
            });
        });
        return answer;
    }

    private CompletableFuture<Integer> remove(
            SessionMachine machine, Instance instance, RemovalReason reason, Duration wait) {
        String session = machine.session();
        return session == null
                ? CompletableFuture.failedFuture(new IllegalStateException("there is no session: " + machine.trouble()))
                : transport.remove(
                        machine.registry(),
                        session,
                        instance.metadata().name(),
                        instance.spec().uid(),
                        reason,
                        wait);
    }

    private static <T> void follow(CompletableFuture<T> first, CompletableFuture<T> second) {
        var unused = first.whenComplete((value, failure) -> {
            if (failure == null) {
                second.complete(value);
            } else {
                second.completeExceptionally(failure);
            }
        });
    }

    /** Returns how things stand. */
    public Sync sync() {
        Running current = running;
        return current == null
                ? Sync.NONE
                : current.publication().sync(runtime.ticker().nanos());
    }

    /** Ends the session, which removes the instances of this process; returns within a few seconds, whatever the registry does. */
    @Override
    public void close() {
        Running current = running;
        if (current == null) {
            return;
        }
        CompletableFuture<Void> over = new CompletableFuture<>();
        current.loop().post((machine, now) -> {
            String session = machine.session();
            machine.end();
            if (session == null) {
                over.complete(null);
            } else {
                var unused = transport
                        .end(machine.registry(), session)
                        .whenComplete((nothing, failure) -> over.complete(null));
            }
        });
        awaitEnd(over);
        current.loop().close();
        transport.close();
        writer.close();
        running = null;
    }

    private static void awaitEnd(CompletableFuture<Void> over) {
        try {
            over.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.info(
                    "the registry has not heard of our end within {} ms; the session ends with its lease",
                    GOODBYE.toMillis());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the rest is quick
        }
    }

    /** Returns the registries. */
    @Override
    public String toString() {
        return "registry " + settings.registries();
    }

    private Running started() {
        Running current = running;
        if (current == null) {
            throw new IllegalStateException(this + ": not started, or closed");
        }
        return current;
    }

    private void gone(String service, String title, String instanceUid) {
        Running current = running;
        if (current != null) {
            current.loop().post((machine, now) -> machine.endpointFailed(service, title, instanceUid, now));
        }
    }
}
