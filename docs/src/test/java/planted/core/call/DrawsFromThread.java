package planted.core.call;

import java.util.concurrent.ThreadLocalRandom;

/** Breaks: the core is given its chances. */
public final class DrawsFromThread {
    private DrawsFromThread() {}

    /** Draws. */
    public static int draw() {
        return ThreadLocalRandom.current().nextInt();
    }
}
