package planted.core.call;

/** Breaks: the core is given the time. */
public final class ReadsNanoTime {
    private ReadsNanoTime() {}

    /** Reads the clock. */
    public static long now() {
        return System.nanoTime();
    }
}
