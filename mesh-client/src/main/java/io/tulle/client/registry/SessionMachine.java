package io.tulle.client.registry;

import io.tulle.api.resource.Instance;
import io.tulle.api.time.RandomSource;
import io.tulle.client.codec.Schemas;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.Renewed;
import io.tulle.client.wire.SessionOpened;
import io.tulle.client.wire.WatchLine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A process's session with its registries: which of them to talk to, when to open, to watch, to renew and to give up. It does no I/O and is given the time:
 * events in, {@link Command}s out ({@link #next}). Confined to the session's thread.
 *
 * <p>What is wanted is written down in fields, and after every event {@link #advance} asks for whatever is missing and due:
 *
 * <pre>
 * no session            open one, with all instances             after a failure: the next registry, full jitter
 * session, no stream    watch, from where we are if we can       404: no session   410: from the beginning   503 behind, others: the next
 * session               renew every third of the lease; at once with new subscriptions, within 1 s with new rejections
 * instance not there    register it                              with every new session, too
 * stream silent         for three progress marks: give it up, the next registry
 * a line refused        give the stream up, the next registry; nothing of the line is taken
 * </pre>
 */
final class SessionMachine {
    private static final long ANSWER = Duration.ofSeconds(15).toNanos();
    private static final long REPORT = Duration.ofSeconds(1).toNanos();
    private static final long IDLE = Duration.ofHours(1).toNanos();
    private static final int MISSING_MARKS = 3;

    // What a registry may have. One that says less would be asked without a pause, and would have its expiries believed
    // at once.
    private static final Duration LEAST_LEASE = Duration.ofSeconds(1);
    private static final Duration MOST_LEASE = Duration.ofMinutes(10);
    private static final Duration LEAST_PROGRESS = Duration.ofMillis(100);
    private static final Duration MOST_PROGRESS = Duration.ofMinutes(1);

    private final Identity identity;
    private final int registries;
    private final Beliefs beliefs;
    private final Enforcement enforcement;
    private final Told told;
    private final Backoff backoff;
    private final Queue<Command> commands = new ArrayDeque<>();
    private final OwnInstances instances = new OwnInstances();

    private int registry;
    private @Nullable String session;
    private long lease = Duration.ofSeconds(30).toNanos();
    private long progress = Duration.ofSeconds(5).toNanos();
    private List<String> namespaces = List.of();

    private long tickets;
    private final Errand open = new Errand();
    private final Errand watch = new Errand();
    private final Errand renewal = new Errand();
    private final Errand registration = new Errand();

    private long renewedAt;
    private long heardAt;
    private boolean streaming;
    private boolean over;
    private final Alarm behind = new Alarm();
    private String trouble = "";

    /** Who a process is to the registry. */
    record Identity(String service, String process, String client) {}

    SessionMachine(
            Identity identity,
            int registries,
            Beliefs beliefs,
            Enforcement enforcement,
            RandomSource random,
            long now) {
        this.identity = identity;
        this.registries = registries;
        this.beliefs = beliefs;
        this.enforcement = enforcement;
        told = new Told(beliefs, enforcement);
        backoff = new Backoff(random);
        heardAt = now;
        renewedAt = now;
    }

    // ---- what the process wants ----

    /** Begins: opens a session. */
    void start(long now) {
        enforce(now);
        advance(now);
    }

    /** Follows a service from now on. */
    void subscribe(String service, long now) {
        if (!beliefs.follows(service)) {
            beliefs.follow(service);
            told.newSubscription();
            renewal.due().at(now);
            advance(now);
        }
    }

    /** Registers an instance, or says something new about it. */
    void register(Instance instance, long now) {
        instances.want(instance);
        registration.due().at(now);
        advance(now);
    }

    /** Forgets an instance: it is not registered again. */
    void forget(String name) {
        instances.forget(name);
    }

    /** The process ends: nothing is asked for any more. */
    void end() {
        over = true;
        session = null;
        give(open);
        give(watch);
        give(renewal);
        give(registration);
    }

    /** A kept instance has failed here so often that it is believed to be gone. */
    void endpointFailed(String service, String title, String uid, long now) {
        ServiceBelief belief = beliefs.service(service);
        if (belief != null && belief.failed(title, uid, now)) {
            enforce(now);
            advance(now);
        }
    }

    // ---- what comes back ----

    /** A session was opened. */
    void opened(long ticket, SessionOpened answer, long now) {
        if (ticket != open.ticket()) {
            return;
        }
        open.back();
        session = answer.session();
        lease = within(answer.lease(), LEAST_LEASE, MOST_LEASE);
        progress = within(answer.progress(), LEAST_PROGRESS, MOST_PROGRESS);
        namespaces = answer.namespaces();
        instances.introduced();
        renewed(now);
        paySubscriptions(now); // what was followed while the introduction was under way is not in it
        watch.due().off();
        advance(now);
    }

    /** The session was renewed. */
    void renewed(long ticket, Renewed answer, long now) {
        if (ticket != renewal.ticket()) {
            return;
        }
        renewal.back();
        lease = within(answer.lease(), LEAST_LEASE, MOST_LEASE);
        namespaces = answer.namespaces();
        renewed(now);
        paySubscriptions(now);
        advance(now);
    }

    private void paySubscriptions(long now) {
        if (told.owesSubscriptions()) {
            renewal.due().at(now);
        }
    }

    private static long within(Duration said, Duration least, Duration most) {
        return (said.compareTo(least) < 0 ? least : said.compareTo(most) > 0 ? most : said).toNanos();
    }

    private void renewed(long now) {
        renewedAt = now;
        renewal.due().at(now + lease / 3);
    }

    /** An instance was registered. */
    void registered(long ticket, long now) {
        if (ticket == registration.ticket() && registration.out()) {
            registration.back();
            instances.confirmed();
            registration.due().off();
            advance(now);
        }
    }

    /** The stream begins. */
    void streaming(long ticket, long now) {
        if (ticket == watch.ticket()) {
            streaming = true;
            watch.end().at(now + MISSING_MARKS * progress);
            trouble = "";
        }
    }

    /** A line has come. */
    void line(long ticket, Line line, long now) {
        if (ticket != watch.ticket()) {
            return;
        }
        Beliefs.Heard heard = beliefs.hear(line, now, lease);
        switch (heard.reception()) {
            case TAKEN -> taken(line.said().type(), now);
            case GAP -> again(heard.reason(), now);
            case OLDER -> {
                behind(now);
                leaveStream("refused: " + heard.reason(), now);
            }
            case REFUSED -> leaveStream("refused: " + heard.reason(), now);
        }
        advance(now);
    }

    /** Something has come on the stream that is no line. */
    void garbage(long ticket, String reason, long now) {
        if (ticket == watch.ticket()) {
            leaveStream("refused: " + reason, now);
            advance(now);
        }
    }

    /** A request has failed, or the stream has ended. */
    void failed(long ticket, Failure failure, long now) {
        if (ticket == 0) {
            return;
        }
        if (ticket == open.ticket()) {
            open.back();
            next(failure.message());
            open.due().at(now + pause());
        } else if (ticket == watch.ticket()) {
            streamFailed(failure, now);
        } else if (ticket == renewal.ticket()) {
            renewal.back();
            told.failed();
            renewalFailed(failure, now);
        } else if (ticket == registration.ticket()) {
            registration.back();
            registrationFailed(failure, now);
        }
        advance(now);
    }

    private void taken(WatchLine.Type type, long now) {
        heardAt = now;
        behind.off();
        watch.end().at(now + MISSING_MARKS * progress);
        if (type == WatchLine.Type.PROGRESS) {
            backoff.succeeded();
        } else {
            enforce(now);
        }
    }

    private void streamFailed(Failure failure, long now) {
        if (failure.unknownSession()) {
            endWatch();
            sessionLost(failure.message(), now);
        } else if (failure.compacted()) {
            again(failure.message(), now);
        } else {
            if (failure.behind()) {
                behind(now);
            }
            leaveStream(failure.message(), now);
        }
    }

    private void renewalFailed(Failure failure, long now) {
        if (failure.unknownSession()) {
            sessionLost(failure.message(), now);
        } else {
            trouble = failure.message();
            renewal.due().at(now + Math.min(lease / 3, pause()));
        }
    }

    private void registrationFailed(Failure failure, long now) {
        if (failure.unknownSession()) {
            sessionLost(failure.message(), now);
        } else {
            trouble = failure.message();
            registration.due().at(now + (failure.refused() ? lease / 3 : pause()));
        }
    }

    /** The registry does not know the session: another one is opened at once, with the instances. */
    private void sessionLost(String reason, long now) {
        trouble = reason;
        session = null;
        instances.noneConfirmed();
        give(watch);
        give(renewal);
        give(registration);
        streaming = false;
        open.due().at(now + pause());
    }

    /** Snapshots are needed: the same registry is asked for them. */
    private void again(String reason, long now) {
        trouble = reason;
        beliefs.askAgain();
        endWatch();
        watch.due().at(now + pause());
    }

    private void leaveStream(String reason, long now) {
        endWatch();
        next(reason);
        watch.due().at(now + pause());
    }

    private void endWatch() {
        give(watch);
        streaming = false;
    }

    /** How long a failure is waited out: less than half a lease, so that nobody is taken for dead who is only waiting. */
    private long pause() {
        return backoff.failed(lease / 2);
    }

    private void give(Errand errand) {
        if (errand.out()) {
            commands.add(new Command.Drop(errand.ticket()));
            errand.back();
        }
    }

    private void next(String reason) {
        trouble = reason;
        registry = (registry + 1) % registries;
    }

    /** Every registry may be behind for a while; when that lasts for a lease, the revisions that we remember are not theirs. */
    private void behind(long now) {
        if (!behind.isSet()) {
            behind.at(now + lease);
        } else if (behind.due(now)) {
            behind.off();
            beliefs.forgetPosition();
        }
    }

    // ---- time ----

    /** Time has passed. */
    void time(long now) {
        if (open.end().due(now)) {
            expire(open, now);
        }
        if (watch.end().due(now)) {
            expire(watch, now);
        }
        if (renewal.end().due(now)) {
            expire(renewal, now);
        }
        if (registration.end().due(now)) {
            expire(registration, now);
        }
        advance(now);
    }

    private void expire(Errand errand, long now) {
        long ticket = errand.ticket();
        String what = errand == watch && streaming
                ? MISSING_MARKS + " progress marks are missing"
                : "no answer within " + ANSWER / 1_000_000_000 + " s";
        commands.add(new Command.Drop(ticket));
        failed(ticket, Failure.noAnswer(what), now);
    }

    /** Returns how long until {@link #time} is wanted, in nanoseconds; at most an hour. */
    long idleNanos(long now) {
        if (over) {
            return IDLE;
        }
        long idle = IDLE;
        for (Errand errand : session == null ? List.of(open) : List.of(watch, renewal, registration)) {
            idle = errand.until(now, idle);
        }
        return idle;
    }

    /** Returns the next command, or null. */
    @Nullable
    Command next() {
        return commands.poll();
    }

    private void advance(long now) {
        if (over) {
            return;
        }
        String id = session;
        if (id == null) {
            if (open.ready(now)) {
                commands.add(new Command.Open(ask(open, now), registry, introduction()));
            }
            return;
        }
        if (renewal.ready(now)) {
            commands.add(new Command.Renew(ask(renewal, now), registry, id, told.renewal(now, staleMillis(now))));
        }
        if (watch.ready(now)) {
            boolean resume = beliefs.canResume();
            if (!resume) {
                beliefs.askAgain();
            }
            commands.add(new Command.Watch(
                    ask(watch, now), registry, id, resume ? beliefs.epoch() : null, beliefs.revision()));
        }
        registerNext(id, now);
    }

    private void registerNext(String id, long now) {
        if (registration.ready(now)) {
            Instance missing = instances.nextMissing();
            if (missing == null) {
                registration.due().off();
            } else {
                commands.add(new Command.Register(ask(registration, now), registry, id, missing));
            }
        }
    }

    private long ask(Errand errand, long now) {
        errand.ask(++tickets, now + ANSWER);
        return errand.ticket();
    }

    private OpenSession introduction() {
        told.introduced();
        return new OpenSession(
                identity.service(),
                identity.process(),
                identity.client(),
                Schemas.LATEST.titles(),
                told.subscriptions(),
                instances.introduction());
    }

    // ---- what is in force ----

    private void enforce(long now) {
        for (String missing : enforcement.enforce(beliefs.services())) {
            if (!beliefs.follows(missing)) {
                beliefs.follow(missing);
                told.newSubscription();
                renewal.due().at(now);
            }
        }
        if (session != null && told.owesReport(now)) {
            renewal.due().by(Math.max(renewedAt + REPORT - now, 0) + now);
        }
    }

    // ---- what people see ----

    List<String> subscriptions() {
        return told.subscriptions();
    }

    /** Returns the session's id, or null while there is none. */
    @Nullable
    String session() {
        return session;
    }

    int registry() {
        return registry;
    }

    /** Returns whether lines are coming in. */
    boolean connected() {
        return streaming;
    }

    /** Returns the last thing that went wrong since the stream began; empty when nothing did. */
    String trouble() {
        return trouble;
    }

    List<String> namespaces() {
        return namespaces;
    }

    /** Returns whether an instance is registered, as far as the registry has said. */
    boolean registered(String name) {
        return instances.confirmedNames().contains(name);
    }

    /** Returns the names of the instances that are registered. */
    List<String> registered() {
        return List.copyOf(instances.confirmedNames());
    }

    /** Returns for how long nothing has been heard, in milliseconds: 0 for less than two progress marks. */
    long staleMillis(long now) {
        long silent = now - heardAt;
        return silent < 2 * progress ? 0 : silent / 1_000_000;
    }

    long heardAt() {
        return heardAt;
    }
}
