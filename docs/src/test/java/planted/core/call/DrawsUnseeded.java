package planted.core.call;

import java.util.SplittableRandom;

/** Breaks: the core is given its chances. */
public final class DrawsUnseeded {
    private DrawsUnseeded() {}

    /** Draws. */
    public static int draw() {
        return new SplittableRandom().nextInt();
    }
}
