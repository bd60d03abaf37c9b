package io.tulle.client.registry;

import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource.Sink;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody else what is new with the session: the engine, the disk, the log, and whoever looks. {@link #publish} is for the session's thread, the rest
 * for any.
 */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger("io.tulle.mesh");
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final RegistrySource.Settings settings;
    private final Beliefs beliefs;
    private final Enforcement enforcement;
    private final SessionMachine machine;
    private final Sink sink;
    private final KeptEndpoints kept;
    private final SnapshotWriter writer;
    private final CompletableFuture<Void> firstAnswers = new CompletableFuture<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private volatile View view = new View(Sync.NONE, 0);

    private final Map<String, Registered> registrations = new HashMap<>();
    private final Map<String, List<String>> toldAbsent = new HashMap<>();
    private List<String> toldNamespaces = List.of();
    private List<String> savedSubscriptions = List.of();
    private Map<String, Resource> saved = Map.of();
    private Set<Beliefs.Unreadable> toldUnreadable = Set.of();
    private String toldTrouble = "";
    private boolean toldConnected;

    /** What people see, and when something was heard last. */
    private record View(Sync sync, long heardAt) {}

    /** What is published about. */
    record Of(Beliefs beliefs, Enforcement enforcement, SessionMachine machine) {}

    Publication(RegistrySource.Settings settings, Of of, Sink sink, KeptEndpoints kept, SnapshotWriter writer) {
        this.settings = settings;
        beliefs = of.beliefs();
        enforcement = of.enforcement();
        machine = of.machine();
        this.sink = sink;
        this.kept = kept;
        this.writer = writer;
    }

    /** Completes when something is known of every service that is used from the start. */
    CompletableFuture<Void> firstAnswers() {
        return firstAnswers;
    }

    /** Returns whether the registry has said something about a service. */
    boolean answered(String service) {
        return answered.contains(service);
    }

    /** Returns how things stand. */
    Sync sync(long now) {
        View seen = view;
        long silent = now - seen.heardAt();
        return seen.sync().connected() && silent < FRESH.toNanos()
                ? seen.sync()
                : seen.sync().withStale(Duration.ofNanos(Math.max(0, silent)));
    }

    /** Has {@code registered} told when its instance is. */
    void add(Registered registered) {
        registrations.put(registered.name(), registered);
    }

    void forget(String name) {
        registrations.remove(name);
    }

    /** Says what is new. */
    void publish(long now) {
        kept.watch(beliefs.services());
        tellNamespaces();
        tellAnswers();
        tellUnreadable();
        save();
        tellPeople(now);
        registrations.values().forEach(one -> {
            if (machine.registered(one.name())) {
                one.confirm();
            }
        });
    }

    private void tellNamespaces() {
        List<String> now = machine.namespaces();
        if (!now.equals(toldNamespaces)) {
            toldNamespaces = now;
            sink.namespaces(now);
        }
    }

    private void tellAnswers() {
        for (ServiceBelief belief : beliefs.services()) {
            String service = belief.service();
            if (belief.unknown() && !belief.near().equals(toldAbsent.put(service, belief.near()))) {
                sink.absent(service, belief.near());
            }
            if (belief.unknown() || enforcement.inForce().containsKey(belief.ownTitle())) {
                answered.add(service);
            }
        }
        if (!firstAnswers.isDone() && answered.containsAll(settings.uses())) {
            firstAnswers.complete(null);
        }
    }

    private void tellUnreadable() {
        Set<Beliefs.Unreadable> now = Set.copyOf(beliefs.unreadable());
        if (!now.equals(toldUnreadable)) {
            now.stream().filter(one -> !toldUnreadable.contains(one)).forEach(one -> sink.rejected(one.toString()));
            toldUnreadable = now;
        }
    }

    private void save() {
        Map<String, Resource> now = enforcement.inForce();
        List<String> subscriptions = machine.subscriptions();
        if (now.isEmpty() || now.equals(saved) && subscriptions.equals(savedSubscriptions)) {
            return;
        }
        boolean first = saved.isEmpty() && beliefs.epoch().isEmpty(); // it has just been read
        saved = now;
        savedSubscriptions = subscriptions;
        if (!first) {
            writer.write(new SavedSnapshot(
                    settings.service(),
                    beliefs.epoch(),
                    beliefs.revision(),
                    subscriptions,
                    machine.namespaces(),
                    List.copyOf(now.values())));
        }
    }

    private void tellPeople(long now) {
        URI registry = settings.registries().get(machine.registry());
        boolean connected = machine.connected();
        String trouble = machine.trouble();
        if (connected && !toldConnected) {
            LOG.info("following {} services at {}", beliefs.services().size(), registry);
        } else if (!trouble.isEmpty() && !trouble.equals(toldTrouble)) {
            LOG.warn("the registry session is in trouble, what is in force stays in force: {}", trouble);
        }
        toldConnected = connected;
        toldTrouble = trouble;
        view = new View(
                new Sync(
                        connected,
                        registry,
                        beliefs.epoch(),
                        beliefs.revision(),
                        Duration.ZERO,
                        trouble,
                        machine.subscriptions(),
                        enforcement.applied(),
                        Report.rejected(beliefs, enforcement),
                        Report.held(beliefs, now),
                        machine.registered()),
                machine.heardAt());
    }
}
