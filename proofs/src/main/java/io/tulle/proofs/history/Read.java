package io.tulle.proofs.history;

import java.util.List;

/**
 * A list of everything under a prefix.
 *
 * @param reader who asked
 * @param start when it was sent, in nanoseconds of the recording process
 * @param end when the answer was there
 * @param prefix of the keys that were asked for
 * @param revision as of which the answer is, as it says
 * @param entries what it held
 */
public record Read(String reader, long start, long end, String prefix, long revision, List<Entry> entries) {
    /** Copies. */
    public Read {
        entries = List.copyOf(entries);
    }
}
