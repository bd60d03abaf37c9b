package io.tulle.proofs.check;

import io.tulle.proofs.history.Write;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what a watcher never got into violations: one for each guarantee. */
final class GapReport {
    private static final int MOST_SHOWN = 10;

    private final String client;
    private final RevisionLog log;
    private final Findings findings;

    GapReport(String client, RevisionLog log, Findings findings) {
        this.client = client;
        this.log = log;
        this.findings = findings;
    }

    void add(Missing missing) {
        Map<Guarantee, Set<Long>> gaps = new EnumMap<>(Guarantee.class);
        missing.forEach((revision, services) -> services.values()
                .forEach(gap -> gaps.computeIfAbsent(gap.broken(), any -> new LinkedHashSet<>())
                        .add(revision)));
        gaps.forEach((guarantee, revisions) -> {
            if (guarantee == Guarantee.DURABLE) {
                revisions.forEach(this::lost);
            } else {
                List<Long> all = new ArrayList<>(revisions);
                String rest = guarantee == Guarantee.ATOMIC ? "the rest of " : "";
                findings.add(guarantee, client, all, "never got " + rest + revisions(all));
            }
        });
    }

    /** A write that nobody ever saw is not missing here: it is lost. */
    private void lost(long revision) {
        Write write = log.at(revision);
        if (write != null) {
            findings.lost(write, revision, client + " got a later line and never this");
        }
    }

    /** Returns {@code revision 7} or {@code revisions 7, 9}, not too many of them. */
    static String revisions(List<Long> revisions) {
        String some =
                revisions.subList(0, Math.min(MOST_SHOWN, revisions.size())).toString();
        String list = some.substring(1, some.length() - 1);
        String rest = revisions.size() > MOST_SHOWN ? " and " + (revisions.size() - MOST_SHOWN) + " more" : "";
        return (revisions.size() == 1 ? "revision " : "revisions ") + list + rest;
    }
}
