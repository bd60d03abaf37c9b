package io.tulle.proofs.check;

import io.tulle.proofs.history.Entry;
import io.tulle.proofs.history.Line;
import io.tulle.proofs.history.Write;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A snapshot of a service holds what the log amounts to at its revision. */
final class SnapshotCheck {
    private final String client;
    private final RevisionLog log;
    private final Findings findings;

    SnapshotCheck(String client, RevisionLog log, Findings findings) {
        this.client = client;
        this.log = log;
        this.findings = findings;
    }

    void check(Line line, Line.Update update) {
        Map<String, Entry> held = new HashMap<>();
        update.entries().forEach(entry -> held.put(entry.key(), entry));
        for (String key : keysOf(update)) {
            Write expected = log.last(key, line.revision());
            Entry found = held.get(key);
            String wanted = expected == null || Parts.deletes(expected, key) ? "" : expected.id();
            String value = found == null ? "" : found.value();
            if (!wanted.equals(value) && !(found == null && log.maybeDeleted(key, line.at()))) {
                differs(line, key, expected, value);
            }
        }
    }

    private Set<String> keysOf(Line.Update update) {
        Set<String> keys = new HashSet<>(log.keysOf(update.service()));
        update.entries().forEach(entry -> keys.add(entry.key()));
        return keys;
    }

    private void differs(Line line, String key, @Nullable Write expected, String value) {
        String what = "the snapshot of revision " + line.revision() + " has " + key + " as "
                + (value.isEmpty() ? "nothing" : "'" + value + "'");
        if (expected != null && log.vanished(log.revision(expected))) {
            findings.lost(expected, log.revision(expected), client + ": " + what);
        } else {
            String wanted = expected == null || Parts.deletes(expected, key) ? "nothing" : "'" + expected.id() + "'";
            findings.add(Guarantee.EXACT, client, line.revision(), what + " (expected: " + wanted + ")");
        }
    }
}
