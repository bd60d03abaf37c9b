package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.Metadata;
import io.grpc.Status;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.time.Instants;
import io.tulle.core.call.Attempt;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.Reachable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt: a call of the channel below, its pick, the facts about it, and its end, which it reports exactly once. What it hears before the machine has
 * decided is held back from the application. The channel calls its listener methods one after another, on the executor of the call.
 */
final class WireAttempt<Q, R> extends ClientCall.Listener<R>
        implements ResponseHead, Reachable, Consumer<Consumer<ClientCall.Listener<R>>> {
    private static final Logger LOG = LoggerFactory.getLogger(WireAttempt.class);
    private static final String ABANDONED = "the mesh has given up this attempt";
    private static final VarHandle OVER;

    static {
        try {
            OVER = MethodHandles.lookup().findVarHandle(WireAttempt.class, "over", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Attempt attempt;

    private final CallRun<Q, R> run;
    private final long deadline; // of the call
    private volatile boolean over;
    private volatile @Nullable ClientCall<Q, R> call;
    private volatile StreamFacts facts = StreamFacts.NONE;
    private volatile boolean refused; // whoever was picked, of a stream that is now made again
    private volatile boolean committed;
    private volatile @Nullable Thread hearing; // the thread that is in onHeaders or onClose
    private volatile @Nullable Status cut; // what the application is told instead of the channel's status
    private volatile boolean answered; // by a head, or by trailers alone
    private volatile boolean unreachable; // whoever could be picked
    private volatile @Nullable Status status; // of trailers without a head
    private volatile @Nullable Metadata trailers;

    // In a turn of the outlet.
    private @Nullable Queue<Consumer<ClientCall.Listener<R>>> held; // what is heard before COMMIT

    // The thread that drains, or picks in its place.
    private @Nullable MeshPicker view;
    private boolean hopeful; // somebody who was tested in vain is coming
    private boolean soon; // for the first time
    private boolean waited; // an earlier pick found nobody

    WireAttempt(CallRun<Q, R> run, Attempt attempt) {
        this.run = run;
        this.attempt = attempt;
        deadline = run.loop.machine().deadlineNanos();
    }

    // ---- the thread that drains ----

    /** Starts the call below and repeats what the application has sent and asked for. */
    void start(int requested) {
        Context former = run.wireContext.attach();
        try {
            ClientCall<Q, R> made = run.next.newCall(run.method, options());
            call = made;
            made.start(this, AttemptMetadata.of(run.headers));
            run.replay.on(made);
            if (requested > 0) {
                made.request(requested);
            }
        } finally {
            run.wireContext.detach(former);
        }
    }

    private CallOptions options() {
        CallOptions options = run.options.withStreamTracerFactory(new AttemptTracers(this));
        return options.getDeadline() == null ? options : options.withDeadline(null);
    }

    /**
     * The channel makes a stream for this attempt, possibly after others: returns where it is to tell its facts. It makes another, and then picks for it, only when
     * the former was certainly not processed. Any thread of the channel.
     */
    StreamFacts streamCreated() {
        refused = facts.headersSent();
        StreamFacts fresh = new StreamFacts(run.replay);
        facts = fresh;
        return fresh;
    }

    /** Returns the call below, for what the application sends and asks for; null when there is none any more. */
    @Nullable
    ClientCall<Q, R> call() {
        return over ? null : call;
    }

    /** Returns the call below, or null when it could not be made. */
    @Nullable
    ClientCall<Q, R> anyCall() {
        return call;
    }

    void commit() {
        committed = true;
        if (!Thread.currentThread().equals(hearing)) { // else it goes on by itself
            run.outlet.later(this::release);
        }
    }

    /** Cancels the call below and ends this attempt; {@code reason} is what the application is told if this attempt was committed. */
    void cancel(Status reason) {
        if (over) {
            return;
        }
        cut = reason;
        if (!answered && facts.news()) { // which the executor of the call has not taken, or not yet
            attempt.excuse();
        }
        ClientCall<Q, R> made = call;
        if (made != null) {
            cancel(made, reason);
        }
        end(TransportError.CANCELLED, processed());
    }

    private void cancel(ClientCall<Q, R> made, Status reason) {
        try {
            made.cancel(committed ? reason.getDescription() : ABANDONED, reason.getCause());
        } catch (RuntimeException e) { // the executor of the call does not take that it is over
            LOG.debug("the end of an attempt cannot be told", e);
            if (committed) {
                run.outlet.later(() -> run.outlet.close(reason, new Metadata()));
            }
        }
    }

    /** The call below could not be made: an interceptor or a marshaller threw. */
    void broken(RuntimeException failure) {
        run.closed(Status.fromThrowable(failure));
        end(TransportError.CANCELLED, Processed.NO);
    }

    private Processed processed() {
        return answered ? Processed.YES : facts.headersSent() ? Processed.MAYBE : Processed.NO;
    }

    private void end(@Nullable TransportError error, Processed processed) {
        if (OVER.compareAndSet(this, false, true)) {
            if (!facts.taken()) { // its credentials are still being waited for
                attempt.excuse();
            }
            run.ended(this, new Outcome(error, processed, facts.bytesRead(), true));
        }
    }

    // ---- the pick: any thread of the channel ----

    /** Chooses where to go; the channel may ask again for the same attempt, and then the former choice is void. */
    PickResult pick(MeshPicker picker, Metadata headers) {
        if (run.picking()) {
            return choose(picker, headers);
        }
        Turn turn = new Turn(picker, headers);
        if (!run.loop.tryRun(turn)) {
            run.pickAgain(picker); // whoever drains will be done soon
        }
        return turn.result;
    }

    private final class Turn implements Runnable {
        private final MeshPicker picker;
        private final Metadata headers;
        private PickResult result = PickResult.withNoResult();

        Turn(MeshPicker picker, Metadata headers) {
            this.picker = picker;
            this.headers = headers;
        }

        @Override
        public void run() {
            result = choose(picker, headers);
        }
    }

    private PickResult choose(MeshPicker picker, Metadata headers) {
        if (over) {
            return PickResult.withNoResult();
        }
        if (waited && !run.rerouted()) {
            return PickResult.withNoResult();
        }
        Endpoint endpoint = pickFrom(picker);
        if (endpoint == null && !waited) { // what the call was routed by may be older than what there is
            if (!run.rerouted()) {
                return PickResult.withNoResult();
            }
            endpoint = pickFrom(picker);
        }
        if (endpoint == null) {
            return none(picker);
        }
        run.loop.machine().writeHeaders(attempt, run.metadata(headers), run.now());
        return picker.to(endpoint);
    }

    private @Nullable Endpoint pickFrom(MeshPicker picker) {
        view = picker;
        hopeful = false;
        soon = false;
        if (refused) {
            refused = false;
            attempt.refused();
        }
        return attempt.pick(this, run.now());
    }

    private PickResult none(MeshPicker picker) {
        Verdict refusal = attempt.refusal();
        boolean patient = run.options.isWaitForReady() && refusal != Verdict.OVERLOADED && !run.hopeless(refusal);
        if (patient || refusal == null && hopeful) {
            waited = true;
            return PickResult.withNoResult();
        }
        unreachable = refusal == null;
        return PickResult.withDrop(picker.unreachable());
    }

    @Override
    public boolean test(Endpoint endpoint) {
        MeshPicker picker = view;
        if (picker == null || picker.ready(endpoint)) {
            return picker != null;
        }
        Coming how = picker.coming(endpoint, run.newestVersion());
        hopeful |= how != null;
        soon |= how == Coming.FIRST;
        return false;
    }

    @Override
    public boolean soon() {
        return soon;
    }

    // ---- the channel's executor ----

    @Override
    public void onReady() {
        if (!over) {
            run.outlet.turn(() -> run.outlet.tell(ClientCall.Listener::onReady));
        }
    }

    @Override
    public void onHeaders(Metadata headers) {
        if (over) {
            return;
        }
        answered = true;
        hearing = Thread.currentThread();
        run.loop.head(attempt, this);
        hearing = null;
        run.outlet.turn(this, to -> to.onHeaders(headers));
    }

    @Override
    public void onMessage(R message) {
        run.outlet.turn(this, to -> to.onMessage(message));
    }

    @Override
    public void onClose(Status newStatus, Metadata newTrailers) {
        hearing = Thread.currentThread();
        if (!over) {
            closed(newStatus, newTrailers);
        }
        hearing = null;
        Status instead = cut;
        run.outlet.turn(this, run.outlet.closing(instead == null ? newStatus : instead, newTrailers));
    }

    private void closed(Status newStatus, Metadata newTrailers) {
        Status.Code code = newStatus.getCode();
        boolean said = facts.said(newTrailers) || !answered && facts.headersSent() && Codes.forbidden(newStatus);
        if (said) {
            attempt.grpcStatus(code.value());
        }
        run.closed(newStatus);
        if (!said && Codes.untaken(newStatus)) {
            attempt.excuse();
        }
        if (late(code)) {
            cut = run.late();
            timedOut();
        } else if (!said && Codes.thrown(newStatus)) {
            end(TransportError.CANCELLED, processed());
        } else if (answered) {
            end(Codes.broken(newStatus, said), Processed.YES);
        } else if (said) {
            status = newStatus;
            trailers = newTrailers;
            answered = true;
            run.loop.head(attempt, this);
            end(null, Processed.YES);
        } else {
            unanswered(newStatus);
        }
    }

    /** Nothing has come from a server: the endpoint could not be reached, the connection broke, or somebody on this side had a reason. */
    private void unanswered(Status ended) {
        Status.Code code = ended.getCode();
        if (facts.headersSent() && Codes.refused(ended)) {
            end(TransportError.REFUSED, Processed.NO);
        } else if (facts.headersSent()) {
            end(Codes.unanswered(code), Processed.MAYBE);
        } else if ((unreachable || facts.taken()) && Codes.unwritten(ended)) {
            run.closed(Codes.lost(ended));
            end(TransportError.CONNECT, Processed.NO);
        } else {
            // A refusal of the machine, credentials, a channel that is shut down: not of the wire, and nothing that
            // another attempt would mend.
            end(TransportError.CANCELLED, Processed.NO);
        }
    }

    /** Returns whether the server has only been earlier than our own timer, which may be late: it knows when the caller has waited long enough. */
    private boolean late(Status.Code code) {
        boolean gaveUp = code == Status.Code.CANCELLED || code == Status.Code.DEADLINE_EXCEEDED;
        return gaveUp && deadline != Instants.NEVER && run.now() - deadline > 0;
    }

    private void timedOut() {
        run.loop.run(this::expired);
        run.loop.timer();
    }

    /** The machine ends this attempt and says why, unless it was just doing so. */
    private void expired() {
        if (run.loop.machine().deadlineNanos() == Instants.NEVER) {
            end(TransportError.TIMEOUT, processed());
        }
    }

    /** Lets the application hear, now or once this attempt is committed; in a turn of the outlet. */
    @Override
    public void accept(Consumer<ClientCall.Listener<R>> news) {
        if (committed) {
            release();
            run.outlet.tell(news);
        } else {
            hold(news);
        }
    }

    private void hold(Consumer<ClientCall.Listener<R>> news) {
        Queue<Consumer<ClientCall.Listener<R>>> own = held == null ? new ArrayDeque<>(2) : held;
        own.add(news);
        held = own;
    }

    private void release() {
        Queue<Consumer<ClientCall.Listener<R>>> own = held;
        if (own != null) {
            held = null;
            own.forEach(run.outlet::tell);
        }
    }

    // ---- head ----

    @Override
    public int status() {
        Status alone = status;
        return alone == null ? 200 : Codes.http(alone.getCode());
    }

    @Override
    public long pushBackNanos() {
        return PushBack.nanos(trailers);
    }

    @Override
    public boolean refused() {
        return PushBack.refused(trailers);
    }
}
