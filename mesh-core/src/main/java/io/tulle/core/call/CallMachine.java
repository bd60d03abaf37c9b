package io.tulle.core.call;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.RequestHead;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.Stage;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Protocol;
import io.tulle.api.spi.AttemptHeaders;
import io.tulle.api.time.RandomSource;
import io.tulle.core.retry.RetryRule;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.EndpointGroup;
import io.tulle.core.snapshot.RuleSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The whole policy of one call as a state machine. It does no I/O, owns no thread and is given the time; a driver feeds it events and executes its
 * commands. Confined to one thread at a time ({@link CallLoop} sees to that).
 *
 * <p>After each event the driver takes commands from {@link #next} until AWAIT or COMPLETE. {@link #onHead} comes at most once per attempt,
 * {@link #onEnd} exactly once on every path, also for an attempt that was cancelled, refused or committed. Load is released at {@code onEnd}; health
 * and retry are decided at {@code onHead}. After COMMIT nothing is retried, and the machine lives until the committed attempt has ended.
 *
 * <pre>
 * state      event                                  next       commands
 * NEW        start                                  TRYING     DISPATCH           (or DONE, COMPLETE when a stage rejects)
 * NEW        cancel                                 DONE       COMPLETE           (start is then ignored)
 * TRYING     head, acceptable or not to be retried  COMMITTED  COMMIT
 * TRYING     head, to be retried                    LEAVING    CANCEL
 * TRYING     attempt timeout                        LEAVING    CANCEL
 * TRYING     end, to be retried                     BACKOFF
 * TRYING     end, not to be retried                 DONE       COMPLETE
 * LEAVING    end                                    BACKOFF or DONE, as decided when it was left (timeout: now)
 * BACKOFF    timer at the end of the back-off       TRYING     DISPATCH
 * COMMITTED  end                                    DONE       COMPLETE
 * COMMITTED  deadline, cancel                       COMMITTED  CANCEL             (the first of them; a second is ignored)
 * any other  deadline, cancel                       DONE       CANCEL (if an attempt is out), COMPLETE
 * </pre>
 *
 * <p>The order of the stages is {@link Stage}.
 */
public final class CallMachine implements CallInfo {
    /** What {@link #wakeAtNanos} returns when no timer is wanted. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long NOT_ADMITTED = -1;

    /** What a clock of 64-bit nanoseconds can tell apart; a longer deadline is none. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private enum State {
        NEW,
        TRYING,
        LEAVING,
        BACKOFF,
        COMMITTED,
        DONE
    }

    private final MeshEngine engine;
    private final MeshListener listener;
    private final CallTrace trace;
    private final String host;
    private final @Nullable ServiceSnapshot service;
    private final RequestHead request;
    private final MeshCallOptions options;
    private final CallContext context;

    private State state = State.NEW;
    private long startNanos;
    private long endNanos;
    private long deadlineAt = NEVER;
    private long timerAt = NEVER; // end of the attempt's timeout while TRYING, of the back-off while BACKOFF
    private @Nullable RuleSnapshot rule;
    private @Nullable EndpointGroup group;
    private long breakerTicket = NOT_ADMITTED;
    private @Nullable Attempt attempt;
    private @Nullable Verdict verdict;
    private @Nullable Stage rejectedBy;
    private long retryAt = NEVER;
    private boolean panic;
    private boolean retryDenied;
    private boolean committed;
    private @Nullable Attachment attachments;

    private @Nullable Attempt toCancel;
    private @Nullable Attempt toDispatch;
    private @Nullable Attempt toCommit;
    private boolean toComplete;
    private @Nullable Attempt subject;

    CallMachine(
            MeshEngine engine,
            String host,
            @Nullable ServiceSnapshot service,
            RequestHead request,
            MeshCallOptions options,
            CallContext context) {
        this.engine = engine;
        this.listener = engine.listener();
        this.trace = engine.trace();
        this.host = host;
        this.service = service;
        this.request = request;
        this.options = options;
        this.context = context;
    }

    // ---- commands ----

    /** Returns what to do next; each command is handed out once. */
    public Command next() {
        Command command = take();
        trace.command(
                this,
                command,
                command == Command.AWAIT || command == Command.COMPLETE
                        ? 0
                        : subject().number());
        return command;
    }

    private Command take() {
        if (toCancel != null) {
            subject = toCancel;
            toCancel = null;
            return Command.CANCEL;
        }
        if (toDispatch != null) {
            subject = toDispatch;
            toDispatch = null;
            return Command.DISPATCH;
        }
        if (toCommit != null) {
            subject = toCommit;
            toCommit = null;
            return Command.COMMIT;
        }
        if (toComplete) {
            toComplete = false;
            return Command.COMPLETE;
        }
        return Command.AWAIT;
    }

    /**
     * Returns the attempt that the last CANCEL, DISPATCH or COMMIT was about.
     *
     * @throws IllegalStateException before the first of them
     */
    public Attempt subject() {
        if (subject == null) {
            throw new IllegalStateException("subject() before the first DISPATCH, CANCEL or COMMIT");
        }
        return subject;
    }

    /** Returns when {@link #onTimer} is wanted: the earliest of deadline, attempt timeout and back-off; {@link #NEVER} when none is. */
    public long wakeAtNanos() {
        if (state == State.DONE) {
            return NEVER;
        }
        if (timerAt == NEVER) {
            return deadlineAt;
        }
        return deadlineAt == NEVER || timerAt - deadlineAt < 0 ? timerAt : deadlineAt;
    }

    /** Returns when the call must be over, body included; {@link #NEVER} before its start, and when it has no deadline. */
    public long deadlineNanos() {
        return deadlineAt;
    }

    // ---- events ----

    /** Starts the call. */
    public void start(long now) {
        trace.event(this, CallTrace.Event.START, 0, now);
        if (state != State.NEW) {
            return; // cancelled before it could start
        }
        startNanos = now;
        state = State.TRYING;
        ServiceSnapshot called = service;
        if (called == null) {
            listener.callStarted(this);
            reject(Verdict.UNKNOWN_SERVICE, Stage.ROUTE, now);
            return;
        }
        RuleSnapshot matched = called.match(request);
        rule = matched;
        deadlineAt = deadline(matched, now);
        EndpointGroup chosen = matched.next();
        group = chosen;
        listener.callStarted(this);
        if (deadlineAt != NEVER && now - deadlineAt >= 0) { // passed before the call it is made for could make it
            reject(Verdict.DEADLINE_EXCEEDED, Stage.DEADLINE, now);
            return;
        }
        breakerTicket = chosen.service().admit(now);
        if (breakerTicket < 0) {
            reject(Verdict.BREAKER_OPEN, Stage.SERVICE_BREAKER, now);
            return;
        }
        called.called(now);
        dispatch(matched, chosen, now);
    }

    /** The head of {@code of}'s response has arrived: status and headers, or trailers alone. */
    public void onHead(Attempt of, ResponseHead head, long now) {
        trace.event(this, CallTrace.Event.HEAD, of.number(), now);
        if (of != attempt || state != State.TRYING) {
            return; // it was cancelled while the head was on its way
        }
        int status = head.status();
        of.head(status, engine.classifier().status(status), now);
        timerAt = NEVER;
        boolean refused = head.refused();
        if (requireRule().retriesStatus(status)
                && (refused ? request.replayable() : repeatable())
                && planRetry(refused ? Processed.NO : Processed.YES, head.pushBackNanos(), now)) {
            leave(of, TransportError.CANCELLED);
        } else {
            state = State.COMMITTED;
            committed = true;
            toCommit = of;
        }
    }

    /** {@code of} is over: its body or stream has ended, or it never got that far. */
    public void onEnd(Attempt of, Outcome outcome, long now) {
        trace.event(this, CallTrace.Event.END, of.number(), now);
        if (of.ended()) {
            throw new IllegalStateException(
                    "attempt " + of.number() + " has ended twice: " + of.outcome() + ", then " + outcome);
        }
        TransportError error = of.cancelledAs() == null ? outcome.error() : of.cancelledAs();
        Outcome seen = error == outcome.error()
                ? outcome
                : new Outcome(error, outcome.processed(), outcome.bytes(), outcome.connectionReused());
        of.end(seen, verdictOnEndpoint(error), now);
        if (of.started()) {
            listener.attemptEnded(this, of);
        }
        if (of != attempt) {
            return;
        }
        switch (state) {
            case TRYING -> endWithoutHead(of, seen, now);
            case LEAVING -> afterLeaving(seen, now);
            case COMMITTED -> endCommitted(of, error, now);
            default -> {
                // DONE: the call was decided before its attempt could end
            }
        }
    }

    /** The instant of {@link #wakeAtNanos} has come; early calls do nothing. */
    public void onTimer(long now) {
        trace.event(this, CallTrace.Event.TIMER, 0, now);
        timeHasCome(now);
    }

    private void timeHasCome(long now) {
        if (state == State.DONE) {
            return;
        }
        if (deadlineAt != NEVER && now - deadlineAt >= 0) {
            stop(Verdict.DEADLINE_EXCEEDED, Stage.DEADLINE, TransportError.TIMEOUT, now);
        } else if (timerAt != NEVER && now - timerAt >= 0) {
            timerAt = NEVER;
            if (state == State.BACKOFF) {
                dispatch(requireRule(), requireGroup(), now);
            } else if (state == State.TRYING && attempt != null) {
                retryAt = NEVER; // whether there is another is decided when this one has ended
                leave(attempt, TransportError.TIMEOUT);
            }
        }
    }

    /** A stage that made the call wait has woken it. No stage of today does; drivers pass the event on all the same. */
    public void onWake(long now) {
        trace.event(this, CallTrace.Event.WAKE, 0, now);
        timeHasCome(now);
    }

    /** The caller gives the call up. */
    public void onCancel(long now) {
        trace.event(this, CallTrace.Event.CANCEL, 0, now);
        if (state == State.NEW) {
            startNanos = now;
            listener.callStarted(this);
        }
        if (state != State.DONE) {
            stop(Verdict.CANCELLED, null, TransportError.CANCELLED, now);
        }
    }

    // ---- decisions ----

    private long deadline(RuleSnapshot matched, long now) {
        long own = ownDeadline(matched, now);
        long given = context.deadlineNanos();
        return given == CallContext.NEVER || own != NEVER && own - given < 0 ? own : given;
    }

    private long ownDeadline(RuleSnapshot matched, long now) {
        Duration own = options.deadline();
        if (own != null && own.compareTo(LONGEST) > 0) {
            return NEVER;
        }
        long timeout = own == null ? matched.timeoutNanos() : own.toNanos();
        return timeout == 0 ? NEVER : at(now, timeout);
    }

    /** Returns {@code now + nanos}, avoiding the one value that means never. */
    private static long at(long now, long nanos) {
        long instant = now + nanos;
        return instant == NEVER ? NEVER - 1 : instant;
    }

    private void dispatch(RuleSnapshot matched, EndpointGroup to, long now) {
        state = State.TRYING;
        long timeout = matched.attemptTimeoutNanos();
        timerAt = timeout == 0 ? NEVER : at(now, timeout);
        attempt = new Attempt(this, to, attempt, now);
        toDispatch = attempt;
    }

    private void leave(Attempt of, TransportError reason) {
        state = State.LEAVING;
        of.cancel(reason, true);
        toCancel = of;
    }

    private void endWithoutHead(Attempt of, Outcome outcome, long now) {
        timerAt = NEVER;
        Verdict refusal = of.refusal();
        if (refusal != null) {
            reject(refusal, Stage.PICK, now);
        } else if (mayRepeat(outcome.error(), outcome) && planRetry(outcome.processed(), -1, now)) {
            backOff(now);
        } else {
            finish(outcome.error() == TransportError.CANCELLED ? Verdict.CANCELLED : Verdict.FAILED, now);
        }
    }

    private void afterLeaving(Outcome outcome, long now) {
        boolean planned = retryAt != NEVER;
        if (planned || mayRepeat(TransportError.TIMEOUT, outcome) && planRetry(outcome.processed(), -1, now)) {
            backOff(now);
        } else {
            finish(Verdict.FAILED, now);
        }
    }

    private void endCommitted(Attempt of, @Nullable TransportError error, long now) {
        boolean failedStatus = engine.classifier().status(of.status()) == ResponseClassifier.Class.FAILURE;
        if (rejectedBy == Stage.DEADLINE) {
            finish(Verdict.DEADLINE_EXCEEDED, now);
        } else if (error == TransportError.CANCELLED) {
            finish(Verdict.CANCELLED, now);
        } else if (failedStatus || error != null && error != TransportError.LEAKED) {
            finish(Verdict.FAILED_RESPONSE, now);
        } else {
            finish(Verdict.SUCCESS, now);
        }
    }

    private void backOff(long now) {
        if (retryAt - now <= 0) {
            dispatch(requireRule(), requireGroup(), now);
        } else {
            state = State.BACKOFF;
            timerAt = retryAt;
        }
    }

    /** Decides whether another attempt may follow and pays for it; sets {@link #retryAt}. */
    private boolean planRetry(Processed processed, long pushBackNanos, long now) {
        retryAt = NEVER;
        RuleSnapshot matched = requireRule();
        int made = attempts();
        if (made >= matched.attempts() || pushBackNanos == Long.MAX_VALUE) {
            return false;
        }
        long delay = Math.max(matched.retryDelayNanos(made, processed, engine.random()), pushBackNanos);
        if (deadlineAt != NEVER && deadlineAt - now <= delay) {
            return false;
        }
        if (service == null || !service.payRetry(now)) {
            retryDenied = true;
            listener.retryDenied(this);
            return false;
        }
        retryAt = at(now, delay);
        listener.retryScheduled(this, delay);
        return true;
    }

    /** What was certainly not processed may have been written all the same: a one-shot body is then gone. */
    private boolean mayRepeat(@Nullable TransportError error, Outcome outcome) {
        return request.replayable() && RetryRule.retriesError(error, outcome.processed(), idempotent());
    }

    private boolean repeatable() {
        return request.replayable() && idempotent();
    }

    private boolean idempotent() {
        Boolean word = options.idempotent() == null ? requireRule().idempotent() : options.idempotent();
        return word == null ? request.idempotent() : word;
    }

    /** What the end of an attempt tells about its endpoint beyond what its head has told. */
    private ResponseClassifier.Class verdictOnEndpoint(@Nullable TransportError error) {
        return error == null
                ? ResponseClassifier.Class.SUCCESS
                : engine.classifier().error(error);
    }

    private void stop(Verdict newVerdict, @Nullable Stage stage, TransportError reason, long now) {
        Attempt current = attempt;
        boolean cancelled = current != null && current.cancelledAs() != null;
        if (state == State.COMMITTED && cancelled) {
            return; // what stopped the call first stays the reason
        }
        rejectedBy = stage;
        if (current != null && !current.ended() && !cancelled) {
            toCancel = current;
            current.cancel(reason, current.overdue(now));
        }
        if (state == State.COMMITTED) {
            deadlineAt = NEVER; // its end is all that is waited for
        } else {
            finish(newVerdict, now);
        }
    }

    private void reject(Verdict reason, Stage stage, long now) {
        rejectedBy = stage;
        finish(reason, now);
    }

    private void finish(Verdict newVerdict, long now) {
        state = State.DONE;
        verdict = newVerdict;
        endNanos = now;
        toComplete = true;
        toDispatch = null;
        if (breakerTicket >= 0 && group != null) {
            boolean untried =
                    newVerdict.rejection() && attempts() <= 1; // a second attempt follows a failure from the wire
            if (untried || newVerdict == Verdict.CANCELLED) {
                group.service().released(breakerTicket);
            } else {
                group.service().completed(breakerTicket, newVerdict == Verdict.SUCCESS, now);
            }
        }
        boolean failed = newVerdict == Verdict.FAILED || newVerdict == Verdict.FAILED_RESPONSE;
        if (failed && (attempts() > 1 || retryDenied)) {
            context.spendRetries();
        }
        listener.callEnded(this);
    }

    private RuleSnapshot requireRule() {
        if (rule == null) {
            throw new IllegalStateException("event before start");
        }
        return rule;
    }

    private EndpointGroup requireGroup() {
        if (group == null) {
            throw new IllegalStateException("event before start");
        }
        return group;
    }

    void attemptStarted(Attempt of) {
        panic |= of.panic();
        listener.attemptStarted(this, of);
    }

    RandomSource random() {
        return engine.random();
    }

    // ---- what listeners and drivers read ----

    /** Writes the headers of an attempt that is about to be sent; the driver calls it once per attempt that it sends. */
    public void writeHeaders(Attempt of, AttemptHeaders.Sink sink, long now) {
        if (deadlineAt != NEVER) {
            long millis = (deadlineAt - now + 999_999) / 1_000_000;
            sink.set(MeshHeaders.TIMEOUT_MS, Long.toString(Math.max(1, millis)));
        }
        if (of.number() > 1) {
            sink.set(MeshHeaders.ATTEMPT, Integer.toString(of.number()));
        }
        passOn(MeshHeaders.TRACEPARENT, context.traceparent(), sink);
        passOn(MeshHeaders.TRACESTATE, context.tracestate(), sink);
        passOn(MeshHeaders.BAGGAGE, context.baggage(), sink);
        engine.headers().write(this, of, sink); // last: a span of this process goes before the one that it belongs to
    }

    private static void passOn(String name, @Nullable String value, AttemptHeaders.Sink sink) {
        if (value != null) {
            sink.set(name, value);
        }
    }

    @Override
    public String service() {
        return group != null ? group.service().name() : service != null ? service.name() : host;
    }

    @Override
    public String rule() {
        return rule == null ? "" : rule.name();
    }

    @Override
    public String subset() {
        return group == null ? "" : group.subset();
    }

    @Override
    public Protocol protocol() {
        return request.protocol();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public long startNanos() {
        return startNanos;
    }

    @Override
    public long endNanos() {
        return endNanos;
    }

    @Override
    public int attempts() {
        return attempt == null ? 0 : attempt.number();
    }

    @Override
    public @Nullable Endpoint endpoint() {
        return attempt == null ? null : attempt.endpoint();
    }

    @Override
    public @Nullable Verdict verdict() {
        return verdict;
    }

    @Override
    public int status() {
        return attempt != null && committed ? attempt.status() : 0;
    }

    @Override
    public int grpcStatus() {
        return attempt == null ? -1 : attempt.grpcStatus();
    }

    @Override
    public @Nullable Stage rejectedBy() {
        return rejectedBy;
    }

    @Override
    public boolean panic() {
        return panic;
    }

    @Override
    public CallContext context() {
        return context;
    }

    @Override
    public @Nullable Object attached(Object owner) {
        return Attachment.find(owner, attachments);
    }

    @Override
    public void attach(Object owner, Object value) {
        attachments = new Attachment(owner, value, attachments);
    }

    /** Returns what a caller should be told when the call ended without a response: what happened, where, and what was known. */
    public String message() {
        if (verdict == Verdict.UNKNOWN_SERVICE) {
            return engine.snapshot().unknown(host);
        }
        int endpoints = group == null ? 0 : group.endpoints().size();
        return new CallMessage(this).text(attempt, endpoints, retryDenied);
    }
}
