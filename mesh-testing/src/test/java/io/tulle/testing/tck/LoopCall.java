package io.tulle.testing.tck;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Verdict;
import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler.Timer;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallLoop;
import io.tulle.core.call.CallMachine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.Reachable;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of the {@link LoopDriver}. */
final class LoopCall implements CallLoop.Driver {
    private static final Timer NO_TIMER = () -> {};

    final TckMesh mesh;
    final ManualClock clock;
    final ScriptedRequest request;
    final CallLoop loop;
    final Bug bug;

    private final Map<Attempt, LoopAttempt> attempts = new HashMap<>();
    private Timer timer = NO_TIMER;
    private @Nullable LoopAttempt committed;
    private @Nullable LoopAttempt current;
    private boolean complete;
    private boolean closed;

    LoopCall(TckMesh mesh, ScriptedRequest request, Bug bug) {
        this.mesh = mesh;
        this.request = request;
        this.bug = bug;
        clock = mesh.clock();
        ScriptedCall script = request.call();
        CallMachine machine = mesh.engine()
                .newCall(
                        script.host(),
                        mesh.engine().snapshot().byHost(script.host()),
                        ForgetfulHead.of(request, bug),
                        script.options());
        loop = new CallLoop(machine, this, clock);
    }

    Seen run() {
        Caller caller = request.call().caller();
        Duration cancelAfter = caller.cancelAfter();
        Timer cancellation = cancelAfter == null
                ? NO_TIMER
                : clock.scheduleCaller(clock.nanos() + cancelAfter.toNanos(), loop::cancel);
        loop.start();
        clock.runUntil(() -> over() || caller.hold() && committed != null);
        cancellation.cancel();
        return seen();
    }

    private boolean over() {
        return complete && attempts.values().stream().allMatch(LoopAttempt::over);
    }

    /** The application closes the response. */
    void close() {
        LoopAttempt response = committed;
        if (response != null && !response.over()) {
            closed = true;
            response.close();
        }
    }

    private Seen seen() {
        LoopAttempt response = committed;
        if (response == null) {
            Verdict verdict = loop.machine().verdict();
            return Seen.failed(verdict == null ? Verdict.FAILED : verdict);
        }
        return Seen.response(response.status(), closed ? Seen.BodyEnd.CLOSED : response.bodyEnd());
    }

    // ---- commands ----

    @Override
    public void dispatch(Attempt attempt) {
        Endpoint endpoint = attempt.pick(Reachable.ALL, clock.nanos());
        if (endpoint == null) {
            loop.end(attempt, Outcome.NOT_SENT);
            return;
        }
        LoopAttempt sent = new LoopAttempt(this, attempt, endpoint);
        attempts.put(attempt, sent);
        current = sent;
        sent.send();
        if (bug == Bug.HEDGES_BY_ITSELF) {
            clock.schedule(clock.nanos() + 25_000_000, sent::sendOnceMore);
        }
        if (bug == Bug.KEEPS_THE_ATTEMPT_TIMEOUT_AFTER_COMMIT && loop.machine().wakeAtNanos() != Instants.NEVER) {
            clock.schedule(loop.machine().wakeAtNanos(), sent::cancel);
        }
    }

    @Override
    public void cancel(Attempt attempt) {
        LoopAttempt sent = bug == Bug.HOLDS_ONE_CURRENT_ATTEMPT ? current : attempts.get(attempt);
        boolean lost = committed != null && committed != sent;
        if (sent != null && !(lost && bug == Bug.DOES_NOT_CANCEL_A_LOSER)) {
            sent.cancel();
        }
    }

    boolean committedOther(LoopAttempt attempt) {
        return committed != null && committed != attempt;
    }

    void endOthers(LoopAttempt winner) {
        List.copyOf(attempts.values()).stream()
                .filter(attempt -> attempt != winner && !attempt.over())
                .forEach(LoopAttempt::reset);
    }

    @Override
    public void commit(Attempt attempt) {
        handOut(bug == Bug.HOLDS_ONE_CURRENT_ATTEMPT ? current : attempts.get(attempt));
    }

    void handOut(@Nullable LoopAttempt response) {
        if (committed != null && bug != Bug.HANDS_OUT_THE_LOSER_TOO) {
            return;
        }
        committed = response;
        Duration closeAfter = request.call().caller().closeAfter();
        if (closeAfter != null) {
            clock.scheduleCaller(clock.nanos() + closeAfter.toNanos(), this::close);
        }
    }

    @Override
    public void complete() {
        complete = true;
        timer.cancel();
    }

    @Override
    public void await(long wakeAtNanos) {
        timer.cancel();
        timer = wakeAtNanos == Instants.NEVER ? NO_TIMER : clock.schedule(wakeAtNanos, loop::timer);
    }
}
