package io.tulle.proofs.check;

import io.tulle.proofs.history.Entry;
import io.tulle.proofs.history.History;
import io.tulle.proofs.history.Read;
import io.tulle.proofs.history.Write;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A list is what all writes up to its revision amount to. */
final class ReadCheck {
    private final RevisionLog log;
    private final Findings findings;

    ReadCheck(RevisionLog log, Findings findings) {
        this.log = log;
        this.findings = findings;
    }

    void run(History history) {
        history.reads().forEach(this::check);
        history.reads()
                .forEach(read -> log.open().stream()
                        .filter(write -> write.acked() && write.end() < read.start())
                        .forEach(deletion -> checkDeletion(read, deletion)));
    }

    private void check(Read read) {
        Map<String, Entry> held =
                read.entries().stream().collect(Collectors.toMap(Entry::key, Function.identity(), (a, b) -> a));
        for (String key : log.keys(read.prefix())) {
            Write expected = log.last(key, read.revision());
            Entry found = held.get(key);
            if (!agree(expected, key, found)) {
                differs(read, key, expected, found);
            }
        }
    }

    private static boolean agree(@Nullable Write expected, String key, @Nullable Entry found) {
        if (expected == null || Parts.deletes(expected, key)) {
            return found == null;
        }
        return found != null && found.value().equals(expected.id());
    }

    private void differs(Read read, String key, @Nullable Write expected, @Nullable Entry found) {
        if (found == null && log.maybeDeleted(key, read.end())) {
            return;
        }
        String what = "the list of revision " + read.revision() + " has " + key + " as "
                + (found == null ? "nothing" : "'" + found.value() + "' of revision " + found.revision());
        if (expected == null || found != null && found.revision() > log.revision(expected)) {
            findings.add(Guarantee.EXACT, read.reader(), read.revision(), what + ", which is newer");
            return;
        }
        long revision = log.revision(expected);
        boolean half = read.entries().stream().anyMatch(entry -> entry.value().equals(expected.id()));
        if (half) {
            findings.add(
                    Guarantee.ATOMIC,
                    read.reader(),
                    revision,
                    what + ", but holds other parts of write " + expected.id() + " of revision " + revision);
        } else {
            findings.lost(expected, revision, what);
        }
    }

    /** A deletion whose answer named no revision, and that nobody was told: what was there before must be gone all the same. */
    private void checkDeletion(Read read, Write deletion) {
        for (Entry entry : read.entries()) {
            Write writer = Parts.deletes(deletion, entry.key()) ? log.at(entry.revision()) : null;
            if (writer != null && writer.acked() && writer.end() < deletion.start()) {
                findings.lost(deletion, 0, entry.key() + " is still '" + entry.value() + "'");
            }
        }
    }
}
