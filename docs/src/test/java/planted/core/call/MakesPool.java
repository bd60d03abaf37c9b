package planted.core.call;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Breaks: the core starts no thread. */
public final class MakesPool {
    private MakesPool() {}

    /** Makes one. */
    public static Executor pool() {
        return Executors.newCachedThreadPool();
    }
}
