package io.tulle.testing.tck;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.Verdict;
import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler.Timer;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallMachine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.Reachable;
import io.tulle.testing.FakeExchange;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of the {@link BareMachineDriver}: a queue of events, a machine and the exchanges of its attempts. */
final class BareCall {
    private static final Timer NO_TIMER = () -> {};

    private final TckMesh mesh;
    private final ManualClock clock;
    private final ScriptedRequest request;
    private final CallMachine machine;
    private final ArrayDeque<Runnable> events = new ArrayDeque<>();
    private final Map<Attempt, FakeExchange> exchanges = new HashMap<>();
    private Timer timer = NO_TIMER;
    private Timer cancellation = NO_TIMER;
    private Timer closing = NO_TIMER;
    private @Nullable FakeExchange committed;
    private @Nullable Outcome bodyEnd;
    private int ended;
    private boolean closed;
    private boolean draining;

    BareCall(TckMesh mesh, ScriptedRequest request, CallMachine machine) {
        this.mesh = mesh;
        this.request = request;
        this.machine = machine;
        clock = mesh.clock();
    }

    Seen run() {
        Duration cancelAfter = request.call().caller().cancelAfter();
        if (cancelAfter != null) {
            cancellation = clock.scheduleCaller(
                    clock.nanos() + cancelAfter.toNanos(), () -> post(() -> machine.onCancel(clock.nanos())));
        }
        post(() -> machine.start(clock.nanos()));
        boolean hold = request.call().caller().hold();
        clock.runUntil(() -> machine.verdict() != null && ended == exchanges.size() || hold && committed != null);
        return seen();
    }

    /** Gives a held response back. */
    void close() {
        if (committed != null) {
            closed = true;
            committed.close();
        }
    }

    private Seen seen() {
        FakeExchange response = committed;
        if (response == null) {
            Verdict verdict = machine.verdict();
            return Seen.failed(verdict == null ? Verdict.FAILED : verdict);
        }
        return Seen.response(response.status(), bodyEnd());
    }

    private Seen.BodyEnd bodyEnd() {
        Outcome how = bodyEnd;
        if (how == null) {
            return Seen.BodyEnd.HELD;
        }
        if (closed) {
            return Seen.BodyEnd.CLOSED;
        }
        return how.error() == null ? Seen.BodyEnd.COMPLETE : Seen.BodyEnd.BROKEN;
    }

    private void post(Runnable event) {
        events.add(event);
        if (draining) {
            return;
        }
        draining = true;
        for (Runnable next = events.poll(); next != null; next = events.poll()) {
            next.run();
            execute();
        }
        draining = false;
        await();
    }

    private void execute() {
        while (true) {
            switch (machine.next()) {
                case DISPATCH -> dispatch(machine.subject());
                case CANCEL -> cancel(machine.subject());
                case COMMIT -> commit(machine.subject());
                case COMPLETE, AWAIT -> {
                    return;
                }
            }
        }
    }

    private void await() {
        timer.cancel();
        timer = NO_TIMER;
        if (machine.verdict() != null) {
            cancellation.cancel();
            closing.cancel();
        } else if (machine.wakeAtNanos() != Instants.NEVER) {
            timer = clock.schedule(machine.wakeAtNanos(), () -> post(() -> machine.onTimer(clock.nanos())));
        }
    }

    private void dispatch(Attempt attempt) {
        Endpoint endpoint = attempt.pick(Reachable.ALL, clock.nanos());
        if (endpoint == null) {
            post(() -> machine.onEnd(attempt, Outcome.NOT_SENT, clock.nanos()));
            return;
        }
        FakeExchange exchange = mesh.transport().open(endpoint);
        exchanges.put(attempt, exchange);
        if (exchange.reply().sends()) {
            request.writeBody();
        }
        exchange.start(new FakeExchange.Receiver() {
            @Override
            public void head(ResponseHead head) {
                post(() -> machine.onHead(attempt, head, clock.nanos()));
                if (exchange.cancelled()) {
                    exchange.close();
                }
            }

            @Override
            public void end(Outcome outcome) {
                ended++;
                bodyEnd = exchange == committed ? outcome : bodyEnd;
                post(() -> machine.onEnd(attempt, outcome, clock.nanos()));
            }
        });
    }

    private void cancel(Attempt attempt) {
        FakeExchange exchange = exchanges.get(attempt);
        if (exchange != null) {
            exchange.cancel();
            exchange.close();
        }
    }

    private void commit(Attempt attempt) {
        committed = exchanges.get(attempt);
        Duration closeAfter = request.call().caller().closeAfter();
        if (closeAfter != null) {
            closing = clock.scheduleCaller(clock.nanos() + closeAfter.toNanos(), this::close);
        }
    }
}
