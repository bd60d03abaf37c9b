package io.tulle.core.lincheck;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** How hard each class is looked at. {@code -Dlincheck.scenarios} says how many scenarios (5). */
public final class Checks {
    private static final int SCENARIOS = Integer.getInteger("lincheck.scenarios", 5);
    private static final int INTERLEAVINGS = 2_000;

    private static final int SUMMING = 100;

    private Checks() {}

    /** Every switch of threads is chosen; memory is sequentially consistent. */
    public static ModelCheckingOptions model() {
        return new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(2)
                .actorsAfter(3)
                .loopIterationsBeforeThreadSwitch(SUMMING) // a loop over the stripes waits for nobody
                .loopBound(10 * SUMMING);
    }

    /** Threads run freely; memory is what the machine makes of it. */
    public static StressOptions stress() {
        return new StressOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(3);
    }
}
