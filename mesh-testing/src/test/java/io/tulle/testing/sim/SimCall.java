package io.tulle.testing.sim;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler.Timer;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallLoop;
import io.tulle.core.call.CallMachine;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.Reachable;
import io.tulle.testing.tck.ScriptedCall;
import io.tulle.testing.tck.ScriptedRequest;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One GET of the fleet's service through an engine. */
final class SimCall implements CallLoop.Driver {
    private static final ScriptedRequest REQUEST = new ScriptedRequest(ScriptedCall.get(Fleet.SERVICE));
    private static final Timer NO_TIMER = () -> {};

    private final Fleet fleet;
    private final CallLoop loop;
    private final BiConsumer<Verdict, Long> done;
    private final long start;
    private Timer timer = NO_TIMER;
    private Server.@Nullable Work work;
    private boolean cancelled;

    SimCall(Fleet fleet, MeshEngine engine, BiConsumer<Verdict, Long> done) {
        this.fleet = fleet;
        this.done = done;
        start = fleet.clock.nanos();
        CallMachine machine = engine.newCall(
                Fleet.SERVICE, engine.snapshot().byHost(Fleet.SERVICE), REQUEST, MeshCallOptions.DEFAULT);
        loop = new CallLoop(machine, this, fleet.clock);
    }

    void start() {
        loop.start();
    }

    @Override
    public void dispatch(Attempt attempt) {
        Endpoint endpoint = attempt.pick(Reachable.ALL, fleet.clock.nanos());
        if (endpoint == null) {
            loop.end(attempt, Outcome.NOT_SENT);
            return;
        }
        cancelled = false;
        work = fleet.server(endpoint).take(status -> answered(attempt, status));
    }

    private void answered(Attempt attempt, int status) {
        loop.head(attempt, new Head(status));
        if (!cancelled) {
            loop.end(attempt, Outcome.COMPLETE);
        }
    }

    @Override
    public void cancel(Attempt attempt) {
        cancelled = true;
        if (work != null) {
            work.abandoned = true;
        }
        loop.end(attempt, Outcome.failed(TransportError.CANCELLED, Processed.MAYBE));
    }

    @Override
    public void commit(Attempt attempt) {
        // the body comes with the head
    }

    @Override
    public void complete() {
        timer.cancel();
        Verdict verdict = loop.machine().verdict();
        done.accept(verdict == null ? Verdict.FAILED : verdict, fleet.clock.nanos() - start);
    }

    @Override
    public void await(long wakeAtNanos) {
        timer.cancel();
        timer = wakeAtNanos == Instants.NEVER ? NO_TIMER : fleet.clock.schedule(wakeAtNanos, loop::timer);
    }

    private record Head(int status) implements ResponseHead {
        @Override
        public long pushBackNanos() {
            return -1;
        }
    }
}
