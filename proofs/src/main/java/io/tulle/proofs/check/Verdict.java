package io.tulle.proofs.check;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a history shows.
 *
 * @param acked how many writes were acknowledged
 * @param writes how many were sent
 * @param reads how many lists were read
 * @param lines how many lines watchers got
 * @param violations everything that was broken
 */
public record Verdict(long acked, long writes, long reads, long lines, List<Violation> violations) {
    /** Copies. */
    public Verdict {
        violations = List.copyOf(violations);
    }

    /** Returns whether every promise was kept. */
    public boolean clean() {
        return violations.isEmpty();
    }

    /** Returns the promises that were broken. */
    public Set<Guarantee> broken() {
        return violations.stream()
                .map(Violation::guarantee)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Guarantee.class)));
    }

    /** Returns the first violation of a guarantee; the guarantee must be broken. */
    public Violation first(Guarantee guarantee) {
        return violations.stream()
                .filter(violation -> violation.guarantee() == guarantee)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(guarantee + " is not among " + broken()));
    }

    /** Returns how many acknowledged writes are gone. */
    public long lost() {
        return Collections.frequency(
                violations.stream().map(Violation::guarantee).toList(), Guarantee.DURABLE);
    }
}
