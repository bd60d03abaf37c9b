package io.tulle.core.call;

import static io.tulle.api.time.Instants.NEVER;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.RequestHead;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.Stage;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Instants;
import io.tulle.api.time.RandomSource;
import io.tulle.core.snapshot.EndpointGroup;
import io.tulle.core.snapshot.RuleSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The whole policy of one call as a state machine. It does no I/O, owns no thread and is given the time; a driver feeds it events and executes its
 * commands. Confined to one thread at a time ({@link CallLoop} sees to that).
 *
 * <p>After each event the driver takes commands from {@link #next} until AWAIT or COMPLETE. {@link #onHead} comes at most once per attempt,
 * {@link #onEnd} exactly once on every path, also for an attempt that was cancelled, refused or committed. Load is released at {@code onEnd}; health
 * and retry are decided at {@code onHead}. After COMMIT nothing is retried, and the machine lives until the committed attempt has ended.
 *
 * <p>An attempt is <em>out</em> from DISPATCH to its end, and <em>live</em> until it is cancelled. A call whose rule hedges has several out at once, so a driver
 * holds attempts by identity. Exactly one is committed; COMMIT comes first, then CANCEL for each that has lost, whose ends may come after COMPLETE.
 *
 * <pre>
 * state      event                                  next       commands
 * NEW        start                                  TRYING     DISPATCH           (or DONE, COMPLETE when a stage rejects)
 * NEW        cancel                                 DONE       COMPLETE           (start is then ignored)
 * TRYING     head, acceptable or not to be retried  COMMITTED  COMMIT, CANCEL the other live ones
 * TRYING     head, to be retried                    LEAVING    CANCEL
 * TRYING     attempt timeout                        LEAVING    CANCEL
 * TRYING     reroute                                TRYING     none               (or DONE, CANCEL and COMPLETE when a stage rejects)
 * TRYING     end, to be retried                     BACKOFF
 * TRYING     end, not to be retried                 DONE       COMPLETE
 * LEAVING    end of the last that was out           BACKOFF or DONE, as decided when it was left (timeout: now)
 * BACKOFF    timer at the end of the back-off       TRYING     DISPATCH
 * COMMITTED  end of the committed attempt           DONE       COMPLETE
 * COMMITTED  deadline, cancel                       COMMITTED  CANCEL             (the first of them; a second is ignored)
 * any other  deadline, cancel                       DONE       CANCEL each live one, COMPLETE
 *
 * hedging, while other attempts are live:
 * TRYING     timer at the end of the hedge delay    TRYING     DISPATCH           (or no more hedges, when there is none left or none paid for)
 * TRYING     head with a status to be retried       TRYING     CANCEL, DISPATCH   (the next hedge: at once, or after the pause that the server asks for)
 * TRYING     attempt timeout                        TRYING     CANCEL, DISPATCH
 * TRYING     end, to be retried                     TRYING     DISPATCH
 * TRYING     end, not to be retried or not sent     TRYING     none
 * any        head or end of one that was cancelled  the same   none
 * </pre>
 *
 * <p>The order of the stages is {@link Stage}. Hedging follows gRFC A6, but that an attempt which fails when no other is out is followed by a retry with back-off.
 */
public final class CallMachine extends CallTerms {
    private static final long NOT_ADMITTED = -1;

    private enum State {
        NEW,
        TRYING,
        LEAVING,
        BACKOFF,
        COMMITTED,
        DONE
    }

    private State state = State.NEW;
    private long timerAt = NEVER; // end of the oldest attempt's timeout while TRYING, of the back-off while BACKOFF
    private long retryAt = NEVER;
    private long breakerTicket = NOT_ADMITTED;
    private boolean spared; // the failure that was committed asked not to be retried

    private boolean toCommit;
    private boolean toCancel;
    private boolean toDispatch;
    private boolean toComplete;
    private @Nullable Attempt subject;

    CallMachine(
            MeshEngine engine,
            String host,
            @Nullable ServiceSnapshot service,
            RequestHead request,
            MeshCallOptions options,
            CallContext context) {
        super(engine, host, service, request, options, context);
    }

    // ---- commands ----

    /** Returns what to do next; each command is handed out once. */
    public Command next() {
        Command command = take();
        boolean ofAttempt = command != Command.AWAIT && command != Command.COMPLETE;
        engine.trace().command(this, command, ofAttempt ? subject().number() : 0);
        return command;
    }

    private Command take() {
        if (toCommit) {
            toCommit = false;
            subject = decisive;
            return Command.COMMIT;
        }
        if (toCancel) {
            Attempt given = Attempts.takeCancel(last);
            if (given != null) {
                subject = given;
                return Command.CANCEL;
            }
            toCancel = false;
        }
        if (toDispatch) {
            toDispatch = false;
            subject = last;
            return Command.DISPATCH;
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

    /** Returns when {@link #onTimer} is wanted: the earliest of deadline, attempt timeouts, hedge delay and back-off; {@link Instants#NEVER} when none is. */
    public long wakeAtNanos() {
        if (state == State.DONE) {
            return NEVER;
        }
        long at = Instants.earlier(timerAt, deadlineAt);
        return hedging != null && state == State.TRYING ? Instants.earlier(at, hedging.at()) : at;
    }

    // ---- events ----

    /** Starts the call. */
    public void start(long now) {
        engine.trace().event(this, CallTrace.Event.START, 0, now);
        if (state != State.NEW) {
            return; // cancelled before it could start
        }
        startNanos = now;
        state = State.TRYING;
        ServiceSnapshot called = service;
        if (called == null) {
            engine.listener().callStarted(this);
            if (Instants.hasCome(context.deadlineNanos(), now)) { // it has waited for the service to be known
                reject(Verdict.DEADLINE_EXCEEDED, Stage.DEADLINE, now);
            } else {
                reject(Verdict.UNKNOWN_SERVICE, Stage.ROUTE, now);
            }
            return;
        }
        RuleSnapshot matched = called.match(request);
        rule = matched;
        deadlineAt = deadline(matched, now);
        EndpointGroup chosen = matched.next();
        group = chosen;
        engine.listener().callStarted(this);
        if (Instants.hasCome(deadlineAt, now)) { // passed before the call it is made for could make it
            reject(Verdict.DEADLINE_EXCEEDED, Stage.DEADLINE, now);
            return;
        }
        breakerTicket = chosen.service().admit(now);
        if (breakerTicket < 0) {
            reject(Verdict.BREAKER_OPEN, Stage.SERVICE_BREAKER, now);
            return;
        }
        called.called(now);
        hedging = hedging(matched);
        dispatch(false, now);
    }

    /**
     * Routes a call that waits for an endpoint by {@code newest}, its service as it is configured now: those that it waits for may never come. Deadline and
     * hedging stay as the call began; what bounds an attempt is the new rule's. Does nothing while an attempt is at an endpoint. Within a turn of the
     * {@link CallLoop}, before a pick.
     */
    public void reroute(ServiceSnapshot newest, long now) {
        if (state != State.TRYING || newest.equals(service) || Attempts.anyAtEndpoint(last)) {
            return;
        }
        requireGroup().service().released(breakerTicket);
        RuleSnapshot matched = newest.match(request);
        EndpointGroup chosen = matched.next();
        service = newest;
        rule = matched;
        group = chosen;
        armAttemptTimeout();
        breakerTicket = chosen.service().admit(now);
        if (breakerTicket < 0) {
            stop(Verdict.BREAKER_OPEN, Stage.SERVICE_BREAKER, TransportError.CANCELLED, now);
        }
    }

    /** The head of {@code of}'s response has arrived: status and headers, or trailers alone. */
    public void onHead(Attempt of, ResponseHead head, long now) {
        engine.trace().event(this, CallTrace.Event.HEAD, of.number(), now);
        if (state != State.TRYING || !of.live()) {
            return; // it was cancelled while the head was on its way
        }
        int status = head.status();
        of.head(head, engine.classifier().status(status), now);
        boolean unwanted = requireRule().retriesStatus(status);
        if (unwanted && live() > 1) {
            leave(of, TransportError.CANCELLED);
            goOn(head.pushBackNanos(), now);
        } else if (unwanted
                && mayRepeat(head.refused())
                && planRetry(head.refused() ? Processed.NO : Processed.YES, head.pushBackNanos(), now)) {
            leave(of, TransportError.CANCELLED);
            state = State.LEAVING;
            timerAt = NEVER;
        } else {
            spared = engine.classifier().status(status) == ResponseClassifier.Class.FAILURE
                    && head.pushBackNanos() == NEVER;
            commit(of);
        }
    }

    /** {@code of} is over: its body or stream has ended, or it never got that far. */
    public void onEnd(Attempt of, Outcome outcome, long now) {
        engine.trace().event(this, CallTrace.Event.END, of.number(), now);
        if (of.ended()) {
            throw new IllegalStateException(
                    "attempt " + of.number() + " has ended twice: " + of.outcome() + ", then " + outcome);
        }
        TransportError reason = of.cancelledAs();
        TransportError error = reason == null ? outcome.error() : reason;
        Outcome seen = error == outcome.error()
                ? outcome
                : new Outcome(error, outcome.processed(), outcome.bytes(), outcome.connectionReused());
        of.end(seen, verdictOnEndpoint(error), now);
        if (of.started()) {
            engine.listener().attemptEnded(this, of);
        }
        if (state == State.TRYING && reason == null) {
            endWithoutHead(of, seen, now);
        } else if (state == State.LEAVING && !Attempts.anyOut(last)) {
            afterLeaving(of, seen, now);
        } else if (state == State.COMMITTED && of == decisive) {
            endCommitted(of, error, now);
        } // else the call went on, or was decided, before this attempt could end
    }

    /** The instant of {@link #wakeAtNanos} has come; early calls do nothing. */
    public void onTimer(long now) {
        engine.trace().event(this, CallTrace.Event.TIMER, 0, now);
        timeHasCome(now);
    }

    /** A stage that made the call wait has woken it. No stage of today does; drivers pass the event on all the same. */
    public void onWake(long now) {
        engine.trace().event(this, CallTrace.Event.WAKE, 0, now);
        timeHasCome(now);
    }

    private void timeHasCome(long now) {
        if (state == State.DONE) {
            return;
        }
        if (Instants.hasCome(deadlineAt, now)) {
            stop(Verdict.DEADLINE_EXCEEDED, Stage.DEADLINE, TransportError.TIMEOUT, now);
        } else if (state == State.BACKOFF && Instants.hasCome(timerAt, now)) {
            dispatch(false, now);
        } else if (state == State.TRYING && Instants.hasCome(timerAt, now)) {
            expire(now);
        } else if (state == State.TRYING && hedging != null && hedging.due(now)) {
            hedge(hedging, now);
        }
    }

    /** The caller gives the call up. */
    public void onCancel(long now) {
        engine.trace().event(this, CallTrace.Event.CANCEL, 0, now);
        if (state == State.NEW) {
            startNanos = now;
            engine.listener().callStarted(this);
        }
        if (state != State.DONE) {
            stop(Verdict.CANCELLED, null, TransportError.CANCELLED, now);
        }
    }

    // ---- transitions ----

    private void dispatch(boolean beside, long now) {
        state = State.TRYING;
        last = new Attempt(this, last, beside, now);
        toDispatch = true;
        armAttemptTimeout();
        if (hedging != null) {
            hedging.dispatched(live(), now);
        }
    }

    private void armAttemptTimeout() {
        Attempt oldest = hedging == null ? last : Attempts.oldestLive(last);
        timerAt = oldest == null ? NEVER : attemptTimeout(oldest.startNanos());
    }

    private int live() {
        return hedging == null ? 1 : Attempts.live(last);
    }

    private void hedge(Hedging plan, long now) {
        if (last != null && last.live() && last.endpoint() == null) {
            plan.putOff(now);
        } else if (mayHedge(now)) {
            dispatch(true, now);
        } else {
            plan.stop();
        }
    }

    /** An attempt has failed while others are live: the call goes on with those, and with the next hedge. */
    private void goOn(long pushBackNanos, long now) {
        armAttemptTimeout();
        Hedging plan = hedging;
        if (plan != null) {
            plan.failed(pushBackNanos, now);
            if (plan.due(now)) {
                hedge(plan, now);
            }
        }
    }

    private void commit(Attempt of) {
        state = State.COMMITTED;
        committed = true;
        decisive = of;
        timerAt = NEVER;
        toCommit = true;
        if (hedging != null) {
            Attempts.leaveLosers(last, of);
            toCancel = true;
        }
    }

    private void leave(Attempt of, TransportError reason) {
        of.leave(reason, true);
        toCancel = true;
    }

    /** Gives up what has taken too long; whether another follows is decided when it has ended, unless others are live. */
    private void expire(long now) {
        for (Attempt each = last; each != null; each = each.former()) {
            if (each.live() && Instants.hasCome(attemptTimeout(each.startNanos()), now)) {
                leave(each, TransportError.TIMEOUT);
            }
        }
        if (hedging != null && live() > 0) {
            goOn(-1, now);
        } else {
            state = State.LEAVING;
            timerAt = NEVER;
            retryAt = NEVER;
        }
    }

    private void endWithoutHead(Attempt of, Outcome outcome, long now) {
        Verdict refusal = of.refusal();
        if (hedging != null && live() > 0) {
            endBesideOthers(hedging, outcome, refusal != null, now);
        } else if (refusal != null) {
            reject(refusal, Stage.PICK, now);
        } else if (mayRepeat(outcome.error(), outcome) && planRetry(outcome.processed(), -1, now)) {
            backOff(now);
        } else {
            decisive = of;
            finish(outcome.error() == TransportError.CANCELLED ? Verdict.CANCELLED : Verdict.FAILED, now);
        }
    }

    private void endBesideOthers(Hedging plan, Outcome outcome, boolean refused, long now) {
        if (!refused && mayRepeat(outcome.error(), outcome)) {
            goOn(-1, now);
            return;
        }
        armAttemptTimeout();
        if (refused) {
            plan.stop(); // there is no endpoint to hedge to
        }
    }

    private void afterLeaving(Attempt of, Outcome outcome, long now) {
        boolean planned = retryAt != NEVER;
        if (planned || mayRepeat(TransportError.TIMEOUT, outcome) && planRetry(outcome.processed(), -1, now)) {
            backOff(now);
        } else {
            decisive = of;
            finish(Verdict.FAILED, now);
        }
    }

    private void endCommitted(Attempt of, @Nullable TransportError error, long now) {
        if (rejectedBy == Stage.DEADLINE) {
            finish(Verdict.DEADLINE_EXCEEDED, now);
        } else if (error == TransportError.CANCELLED) {
            finish(Verdict.CANCELLED, now);
        } else {
            finish(verdictOn(of, error), now);
        }
    }

    /** Decides whether another attempt follows when none is live; sets {@link #retryAt}. */
    private boolean planRetry(Processed processed, long pushBackNanos, long now) {
        long delay = retryDelay(processed, pushBackNanos, now);
        if (delay == NO_RETRY) {
            retryAt = NEVER;
            return false;
        }
        retryAt = Instants.after(now, delay);
        engine.listener().retryScheduled(this, delay);
        return true;
    }

    private void backOff(long now) {
        if (retryAt - now <= 0) {
            dispatch(false, now);
        } else {
            state = State.BACKOFF;
            timerAt = retryAt;
        }
    }

    private void stop(Verdict newVerdict, @Nullable Stage stage, TransportError reason, long now) {
        if (state != State.COMMITTED) {
            rejectedBy = stage;
            Attempts.leaveAll(last, reason, now);
            toCancel = true;
            finish(newVerdict, now);
        } else if (decisive != null && decisive.live()) { // else what stopped the call first stays the reason
            rejectedBy = stage;
            Attempts.leaveAll(last, reason, now);
            toCancel = true;
            deadlineAt = NEVER; // its end is all that is waited for
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
        if (breakerTicket >= 0 && group != null) {
            // an attempt that found no endpoint after one that did follows a failure from the wire
            boolean untried = newVerdict.rejection() && !Attempts.anySent(last);
            if (untried || newVerdict == Verdict.CANCELLED) {
                group.service().released(breakerTicket);
            } else {
                group.service().completed(breakerTicket, newVerdict == Verdict.SUCCESS, now);
            }
        }
        boolean failed = newVerdict == Verdict.FAILED || newVerdict == Verdict.FAILED_RESPONSE;
        if (failed && (attempts() > 1 || retryDenied || spared)) {
            context.spendRetries();
        }
        engine.listener().callEnded(this);
    }

    // ---- what attempts need ----

    void attemptStarted(Attempt of) {
        panic |= of.panic();
        engine.listener().attemptStarted(this, of);
    }

    RandomSource random() {
        return engine.random();
    }
}
