package io.tulle.proofs.check;

import java.util.List;

/**
 * A promise that was broken.
 *
 * @param guarantee which
 * @param who towards whom: a writer, reader or watcher
 * @param revisions the revisions that it is about; may be empty
 * @param detail what was found and what was expected
 */
public record Violation(Guarantee guarantee, String who, List<Long> revisions, String detail) {
    /** Copies. */
    public Violation {
        revisions = List.copyOf(revisions);
    }

    /** Returns it in one line. */
    @Override
    public String toString() {
        return guarantee + " (" + guarantee.promise() + "): " + who + ": " + detail;
    }
}
