package io.tulle.benchmarks.micro;

import io.tulle.api.call.Verdict;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.core.window.Stripes;
import java.util.concurrent.atomic.AtomicLongArray;

/** The least that metrics need: calls by verdict, and a histogram of latencies by powers of two of calls and of attempts, striped. */
final class CountingListener implements MeshListener {
    private static final int VERDICTS = Verdict.values().length;
    private static final int CALLS = VERDICTS;
    private static final int ATTEMPTS = CALLS + Long.SIZE;
    private static final int CELLS = ATTEMPTS + Long.SIZE + Stripes.PADDING;

    private final AtomicLongArray cells = new AtomicLongArray(Stripes.COUNT * CELLS);

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        count(ATTEMPTS + bucket(attempt.endNanos() - attempt.startNanos()));
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // a cell of an array that nobody keeps
    public void callEnded(CallInfo call) {
        Verdict verdict = call.verdict();
        count(verdict == null ? 0 : verdict.ordinal());
        count(CALLS + bucket(call.endNanos() - call.startNanos()));
    }

    private void count(int cell) {
        cells.getAndIncrement(Stripes.current() * CELLS + cell);
    }

    private static int bucket(long nanos) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, nanos));
    }
}
