package io.tulle.proofs.history;

import io.tulle.api.resource.Default;
import java.util.List;

/**
 * A change that a writer asked for. Everything that it writes carries its {@code id} as the value, so that whoever sees the value knows the write.
 *
 * @param writer who
 * @param id unique in the history
 * @param start when it was sent, in nanoseconds of the recording process
 * @param end when the answer was there, or hope for one was given up
 * @param result what the answer was
 * @param revision the revision that the answer named; 0 when it is not {@link Result#ACKED}
 * @param parts what it writes, all or nothing
 */
public record Write(
        String writer,
        String id,
        long start,
        long end,
        Result result,
        @Default("0") long revision,
        List<Part> parts) {
    /** Copies. */
    public Write {
        parts = List.copyOf(parts);
        if (result == Result.ACKED && revision < 1) {
            throw new IllegalArgumentException("write " + id + ": done, but in no revision");
        }
    }

    /** What became of a write, as its writer knows. */
    public enum Result {
        /** Done. */
        ACKED,
        /** Not done, for certain. */
        REFUSED,
        /** No answer, or one that leaves it open: done once or not at all. */
        UNKNOWN
    }

    /**
     * One key of a write.
     *
     * @param key such as {@code Service proof/s1}
     * @param service whose subscribers are told
     * @param delete whether the key goes away
     */
    public record Part(
            String key, String service, @Default("false") boolean delete) {}

    /** Returns whether it was acknowledged. */
    public boolean acked() {
        return result == Result.ACKED;
    }
}
