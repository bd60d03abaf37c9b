package planted.core.call;

/** Breaks: the core starts no thread. */
public final class StartsThread {
    private StartsThread() {}

    /** Starts one. */
    public static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }
}
