package planted.core.call;

/** Breaks: the core parks no thread. */
public final class Sleeps {
    private Sleeps() {}

    /** Sleeps. */
    public static void nap() throws InterruptedException {
        Thread.sleep(1);
    }
}
