package planted.core.call;

import java.time.Instant;
import java.util.function.Supplier;

/** Breaks: the core is given the time. */
public final class ReadsWallClock {
    private ReadsWallClock() {}

    /** Reads the clock through a method reference, which is the easy way to hide it. */
    public static Supplier<Instant> now() {
        return Instant::now;
    }
}
