package io.tulle.testing.tck;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler.Timer;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallLoop;
import io.tulle.core.call.CallMachine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.Reachable;
import io.tulle.testing.FakeExchange;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call of the {@link BlockingDriver}: commands are noted in fields, the calling thread acts on them outside of the drain. */
final class BlockingCall implements CallLoop.Driver {
    private static final Timer NO_TIMER = () -> {};

    private final TckMesh mesh;
    private final ManualClock clock;
    private final ScriptedRequest request;
    private final CallLoop loop;
    private final Bug bug;
    private Timer timer = NO_TIMER;
    private long wakeAt = Instants.NEVER;
    private @Nullable Wire toSend;
    private @Nullable Wire current;
    private @Nullable Wire committed;
    private boolean complete;

    private static final class Wire {
        final Attempt attempt;
        final FakeExchange exchange;
        boolean cancelled;

        Wire(Attempt attempt, FakeExchange exchange) {
            this.attempt = attempt;
            this.exchange = exchange;
        }
    }

    BlockingCall(TckMesh mesh, ScriptedRequest request, Bug bug) {
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
        Duration cancelAfter = request.call().caller().cancelAfter();
        Timer cancellation = cancelAfter == null
                ? NO_TIMER
                : clock.scheduleCaller(clock.nanos() + cancelAfter.toNanos(), loop::cancel);
        Wire response = execute();
        Seen seen =
                response == null ? Seen.failed(verdict()) : Seen.response(response.exchange.status(), use(response));
        cancellation.cancel();
        return seen;
    }

    /** What an HTTP client's blocking call does: returns when there is a response (or null when there is none). */
    private @Nullable Wire execute() {
        loop.start();
        while (committed == null) {
            Wire next = toSend;
            if (next != null) {
                toSend = null;
                transmit(next);
            } else if (complete) {
                return null;
            } else {
                pause();
            }
        }
        return committed;
    }

    private void transmit(Wire wire) {
        if (wire.exchange.reply().sends()) {
            request.writeBody();
        }
        boolean head = wire.exchange.awaitHead();
        if (bug == Bug.TIMER_BEFORE_OUTCOME && wakeAt != Instants.NEVER && clock.nanos() - wakeAt >= 0) {
            loop.timer();
        }
        if (!head) {
            end(wire);
            return;
        }
        loop.head(wire.attempt, wire.exchange);
        if (wire.cancelled) {
            giveBack(wire);
        }
    }

    private void giveBack(Wire wire) {
        if (bug != Bug.LEAVES_THE_RESPONSE_OF_A_CANCELLED_ATTEMPT_OPEN) {
            wire.exchange.close();
        }
        if (bug != Bug.FORGETS_THE_END_OF_A_CLOSED_RESPONSE) {
            loop.end(
                    wire.attempt,
                    wire.cancelled ? Outcome.failed(TransportError.CANCELLED, Processed.YES) : Outcome.COMPLETE);
        }
    }

    private void end(Wire wire) {
        Outcome outcome = wire.exchange.outcome();
        if (outcome != null) {
            loop.end(wire.attempt, outcome);
        }
    }

    private Seen.BodyEnd use(Wire response) {
        Caller caller = request.call().caller();
        if (caller.hold()) {
            return Seen.BodyEnd.HELD;
        }
        Duration closeAfter = caller.closeAfter();
        if (closeAfter != null) {
            clock.advance(closeAfter);
            giveBack(response);
            return Seen.BodyEnd.CLOSED;
        }
        Outcome outcome = response.exchange.awaitEnd();
        end(response);
        return outcome.error() == null ? Seen.BodyEnd.COMPLETE : Seen.BodyEnd.BROKEN;
    }

    void close() {
        if (committed != null) {
            giveBack(committed);
        }
    }

    private Verdict verdict() {
        Verdict verdict = loop.machine().verdict();
        return verdict == null ? Verdict.FAILED : verdict;
    }

    private void pause() {
        try {
            clock.parkUntil(wakeAt);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted in a single-threaded run", e);
        }
        if (wakeAt != Instants.NEVER && clock.nanos() - wakeAt >= 0) {
            loop.timer();
        }
    }

    // ---- commands ----

    @Override
    public void dispatch(Attempt attempt) {
        Endpoint endpoint = attempt.pick(Reachable.ALL, clock.nanos());
        if (endpoint == null) {
            loop.end(attempt, Outcome.NOT_SENT);
        } else {
            current = new Wire(attempt, mesh.transport().open(endpoint));
            toSend = current;
        }
    }

    @Override
    public void cancel(Attempt attempt) {
        Wire wire = current;
        if (wire != null) {
            wire.cancelled = true;
            wire.exchange.cancel();
        }
    }

    @Override
    public void commit(Attempt attempt) {
        committed = current;
    }

    @Override
    public void complete() {
        complete = true;
        timer.cancel();
        clock.unpark(Thread.currentThread());
    }

    @Override
    public void await(long wakeAtNanos) {
        wakeAt = wakeAtNanos;
        timer.cancel();
        boolean out = toSend != null || current != null && current.exchange.outcome() == null;
        timer = out && wakeAtNanos != Instants.NEVER ? clock.schedule(wakeAtNanos, loop::timer) : NO_TIMER;
    }
}
