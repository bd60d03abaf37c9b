package io.tulle.proofs.check;

import io.tulle.proofs.history.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Collects violations. Not thread-safe. */
final class Findings {
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Violation> lost = new LinkedHashMap<>();

    void add(Guarantee guarantee, String who, List<Long> revisions, String detail) {
        violations.add(new Violation(guarantee, who, revisions, detail));
    }

    void add(Guarantee guarantee, String who, long revision, String detail) {
        add(guarantee, who, List.of(revision), detail);
    }

    /** Notes that a write is gone, once, however many miss it. */
    void lost(Write write, long revision, String detail) {
        String what = (write.acked() ? "write " + write.id() + ", acknowledged" : "write " + write.id() + ", seen")
                + " as revision " + revision + ", is lost: " + detail;
        lost.putIfAbsent(write.id(), new Violation(Guarantee.DURABLE, write.writer(), List.of(revision), what));
    }

    List<Violation> all() {
        return Stream.concat(lost.values().stream(), violations.stream()).toList();
    }
}
