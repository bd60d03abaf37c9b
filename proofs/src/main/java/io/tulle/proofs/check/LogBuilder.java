package io.tulle.proofs.check;

import io.tulle.proofs.history.Entry;
import io.tulle.proofs.history.History;
import io.tulle.proofs.history.Line;
import io.tulle.proofs.history.Read;
import io.tulle.proofs.history.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the revision of every write: from its answer, and where there was none, from what others were shown. Reports revisions that two writes claim and
 * values that nobody can have written. For one history, on one thread.
 */
final class LogBuilder {
    private final History history;
    private final Findings findings;
    private final RevisionLog log = new RevisionLog();
    private final Map<String, Write> byId = new HashMap<>();
    private final Map<String, Map<String, TreeSet<Long>>> shown = new HashMap<>();
    private final Map<Long, Map<String, Line>> removals = new TreeMap<>();
    private final Map<String, List<Write>> deletions = new HashMap<>();
    private final NavigableMap<Long, Long> newestAcked = new TreeMap<>(); // by the end of the write
    private final Set<String> reported = new HashSet<>();

    LogBuilder(History history, Findings findings) {
        this.history = history;
        this.findings = findings;
    }

    RevisionLog build() {
        history.writes().forEach(this::index);
        history.writes().stream()
                .filter(Write::acked)
                .sorted(Comparator.comparingLong(Write::end))
                .forEach(this::placeAcked);
        history.watchers()
                .forEach((client, events) -> events.forEach(event -> {
                    if (event instanceof Line line) {
                        observe(client, line);
                    }
                }));
        for (Read read : history.reads()) {
            read.entries()
                    .forEach(entry -> observe(read.reader(), entry.key(), entry.value(), entry.revision(), read.end()));
        }
        history.writes().forEach(this::reconcile);
        removals.forEach((revision, keys) -> keys.forEach((key, line) -> placeRemoval(revision, key, line)));
        history.writes().stream()
                .filter(write -> write.result() != Write.Result.REFUSED && log.revision(write) == 0)
                .forEach(log::leaveOpen);
        return log;
    }

    private void index(Write write) {
        byId.put(write.id(), write);
        write.parts().stream()
                .filter(Write.Part::delete)
                .forEach(part -> deletions
                        .computeIfAbsent(part.key(), key -> new ArrayList<>())
                        .add(write));
    }

    private void placeAcked(Write write) {
        place(write, write.revision());
        long newest = newestAcked.isEmpty() ? 0 : newestAcked.lastEntry().getValue();
        newestAcked.put(write.end(), Math.max(newest, write.revision()));
    }

    private void place(Write write, long revision) {
        Write other = log.at(revision);
        if (other == null) {
            log.place(write, revision);
        } else if (!other.id().equals(write.id())) {
            findings.add(
                    Guarantee.MONOTONIC,
                    write.writer(),
                    revision,
                    "revision " + revision + " was given to write " + other.id() + " and again to write " + write.id());
        }
    }

    private void observe(String client, Line line) {
        for (Line.Update update : line.updates()) {
            for (Entry entry : update.entries()) {
                long revision = line.type() == Line.Type.CHANGE ? line.revision() : entry.revision();
                observe(client, entry.key(), entry.value(), revision, line.at());
            }
            if (line.type() == Line.Type.CHANGE) {
                update.removed()
                        .forEach(key -> removals.computeIfAbsent(line.revision(), revision -> new TreeMap<>())
                                .merge(key, line, (a, b) -> a.at() <= b.at() ? a : b));
            }
        }
    }

    private void observe(String who, String key, String value, long revision, long at) {
        Write write = byId.get(value);
        if (write == null || !Parts.puts(write, key)) {
            madeUp(who, revision, key + " is '" + value + "', which nobody wrote");
        } else if (write.result() == Write.Result.REFUSED) {
            madeUp(who, revision, key + " is '" + value + "', a write that was refused");
        } else if (at < write.start()) {
            madeUp(who, revision, key + " is '" + value + "' before that was sent");
        } else {
            log.see(write);
            shown.computeIfAbsent(value, id -> new TreeMap<>())
                    .computeIfAbsent(key, any -> new TreeSet<>())
                    .add(revision);
        }
    }

    /** Compares where a write was shown with where its answer said it was. */
    private void reconcile(Write write) {
        Map<String, TreeSet<Long>> keys = shown.get(write.id());
        if (keys == null) {
            return;
        }
        TreeSet<Long> revisions = new TreeSet<>();
        keys.values().forEach(revisions::addAll);
        long answered = write.acked() ? write.revision() : revisions.first();
        if (log.revision(write) == 0) {
            place(write, answered);
        }
        if (revisions.size() == 1 && revisions.first() == answered) {
            return;
        }
        boolean moved = keys.values().stream().anyMatch(each -> each.size() > 1)
                || revisions.size() == 1 && keys.size() == write.parts().size();
        revisions.add(answered);
        Guarantee twice = write.acked() ? Guarantee.MONOTONIC : Guarantee.DURABLE;
        findings.add(
                moved ? twice : Guarantee.ATOMIC,
                write.writer(),
                List.copyOf(revisions),
                "write " + write.id() + (write.acked() ? ", acknowledged as revision " + answered + "," : "")
                        + " is shown as " + keys);
    }

    private void placeRemoval(long revision, String key, Line line) {
        Write write = log.at(revision);
        if (write == null) {
            write = removalWithoutRevision(revision, key, line.at());
            if (write == null) {
                madeUp(line.client(), revision, key + " is removed, and nobody did that");
                return;
            }
            log.place(write, revision);
        } else if (!Parts.deletes(write, key)) {
            madeUp(
                    line.client(),
                    revision,
                    key + " is removed in revision " + revision + ", and that was write " + write.id());
            return;
        }
        log.see(write);
    }

    /** The one that was sent first, of those without an answer that can have been that late: whatever holds for a later one holds for it. */
    private @Nullable Write removalWithoutRevision(long revision, String key, long at) {
        return deletions.getOrDefault(key, List.of()).stream()
                .filter(write -> write.result() == Write.Result.UNKNOWN
                        && log.revision(write) == 0
                        && write.start() <= at
                        && acknowledgedBefore(write.start()) < revision)
                .min(Comparator.comparingLong(Write::start))
                .orElse(null);
    }

    /** Returns the newest revision that was acknowledged before an instant. */
    private long acknowledgedBefore(long nanos) {
        Map.Entry<Long, Long> entry = newestAcked.lowerEntry(nanos);
        return entry == null ? 0 : entry.getValue();
    }

    /** Reported once, however many are shown it. */
    private void madeUp(String who, long revision, String detail) {
        if (reported.add(detail)) {
            findings.add(Guarantee.GENUINE, who, revision, detail);
        }
    }
}
