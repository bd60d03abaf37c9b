package io.tulle.core.window;

/** How counters are spread so that threads seldom meet: one stripe per processor and a few more. */
public final class Stripes {
    private static final int MOST = 16;

    /** How many stripes there are: a power of two, fixed for the life of the JVM. */
    public static final int COUNT =
            Integer.highestOneBit(Math.min(MOST, 2 * Runtime.getRuntime().availableProcessors()));

    /** Longs between two stripes: two cache lines, because processors prefetch lines in pairs. */
    public static final int PADDING = 16;

    private Stripes() {}

    /** Returns the calling thread's stripe. */
    public static int current() {
        long id = Thread.currentThread().getId();
        return (int) ((id * 0x9E3779B97F4A7C15L) >>> 48) & COUNT - 1;
    }
}
