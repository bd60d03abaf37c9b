package planted.core.call;

import java.util.SplittableRandom;
import planted.core.breaker.KeepsToItself;
import planted.core.retry.KeepsToWindow;

/** Keeps every rule: composes capabilities, is given time and seed, asks for the current thread only. */
public record KeepsComposing(KeepsToItself breaker, KeepsToWindow retry, long nowNanos) {
    /** Draws from a seeded source. */
    public int draw(long seed) {
        return new SplittableRandom(seed).nextInt() ^ Thread.currentThread().hashCode();
    }
}
