package io.tulle.registry.watch;

import org.jspecify.annotations.Nullable;

/**
 * Where a watcher goes on.
 *
 * @param epoch of the last line that it has seen; null when it does not say
 * @param since revision of that line; null to begin with snapshots
 */
public record Resume(@Nullable String epoch, @Nullable Long since) {
    /** From the beginning. */
    public static final Resume NOT = new Resume(null, null);

    /** Returns the revision to go on from in a store of {@code present} epoch, or null to begin with snapshots. */
    @Nullable
    Long sinceIn(String present) {
        return epoch == null || epoch.equals(present) ? since : null;
    }
}
