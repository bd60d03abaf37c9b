package io.tulle.testing.sim;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler.Timer;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallLoop;
import io.tulle.core.call.CallMachine;
import io.tulle.core.snapshot.Reachable;
import io.tulle.testing.tck.ScriptedCall;
import io.tulle.testing.tck.ScriptedRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/** One call from a tier to the next, a millisecond away. */
final class TierCall implements CallLoop.Driver {
    private static final long WAY = 1_000_000;
    private static final Timer NO_TIMER = () -> {};

    private final Tier from;
    private final Tier to;
    private final CallLoop loop;
    private final IntConsumer done;
    private final Set<Attempt> cancelled = new HashSet<>();
    private Timer timer = NO_TIMER;

    TierCall(Tier from, Tier to, CallContext context, IntConsumer done) {
        this.from = from;
        this.to = to;
        this.done = done;
        CallMachine machine = from.engine.newCall(
                Tier.NEXT,
                from.engine.snapshot().byHost(Tier.NEXT),
                new ScriptedRequest(ScriptedCall.get(Tier.NEXT)),
                MeshCallOptions.DEFAULT,
                context);
        loop = new CallLoop(machine, this, from.clock);
    }

    void start() {
        loop.start();
    }

    @Override
    public void dispatch(Attempt attempt) {
        if (attempt.pick(Reachable.ALL, from.clock.nanos()) == null) {
            loop.end(attempt, Outcome.NOT_SENT);
            return;
        }
        Map<String, String> headers = new HashMap<>();
        loop.machine().writeHeaders(attempt, headers::put, from.clock.nanos());
        later(() -> to.serve(headers, answer -> later(() -> answered(attempt, answer))));
    }

    private void later(Runnable task) {
        from.clock.scheduleIo(from.clock.nanos() + WAY, task);
    }

    private void answered(Attempt attempt, Tier.Answer answer) {
        if (cancelled.contains(attempt)) {
            return;
        }
        loop.head(attempt, new Head(answer));
        if (!cancelled.contains(attempt)) {
            loop.end(attempt, Outcome.COMPLETE);
        }
    }

    @Override
    public void cancel(Attempt attempt) {
        cancelled.add(attempt);
        loop.end(attempt, Outcome.failed(TransportError.CANCELLED, Processed.MAYBE));
    }

    @Override
    public void commit(Attempt attempt) {
        // the body comes with the head
    }

    @Override
    public void complete() {
        timer.cancel();
        done.accept(loop.machine().verdict() == Verdict.SUCCESS ? 200 : 503);
    }

    @Override
    public void await(long wakeAtNanos) {
        timer.cancel();
        timer = wakeAtNanos == Instants.NEVER ? NO_TIMER : from.clock.schedule(wakeAtNanos, loop::timer);
    }

    private record Head(Tier.Answer answer) implements ResponseHead {
        @Override
        public int status() {
            return answer.status();
        }

        @Override
        public long pushBackNanos() {
            return answer.never() ? Long.MAX_VALUE : -1;
        }
    }
}
