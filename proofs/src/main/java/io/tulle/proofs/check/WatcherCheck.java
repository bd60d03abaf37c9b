package io.tulle.proofs.check;

import io.tulle.proofs.history.Connect;
import io.tulle.proofs.history.Finish;
import io.tulle.proofs.history.Line;
import io.tulle.proofs.history.Write;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one watcher got, against what it should have got. A snapshot stands for every change of its services up to its revision, as the registry may
 * send one to a watcher that is slow or comes back late; a change stands for itself. For one watcher, on one thread.
 */
final class WatcherCheck {
    private final String client;
    private final RevisionLog log;
    private final Findings findings;
    private final SnapshotCheck snapshots;
    private final Missing missing = new Missing();

    /** Of each service that is known, the revision up to which everything has been sent or is noted as missing. */
    private final Map<String, Long> known = new HashMap<>();

    private final Map<Long, Set<String>> delivered = new HashMap<>();
    private Set<String> followed = Set.of();
    private @Nullable String epoch;
    private long since = Connect.ANEW;
    private long highest;
    private boolean first;

    WatcherCheck(String client, RevisionLog log, Findings findings) {
        this.client = client;
        this.log = log;
        this.findings = findings;
        snapshots = new SnapshotCheck(client, log, findings);
    }

    void run(List<Record> events, @Nullable Finish finish) {
        for (Record event : events) {
            if (event instanceof Connect connect && connect.open()) {
                open(connect);
            } else if (event instanceof Line line) {
                take(line);
            }
        }
        if (finish != null) {
            end(finish.revision());
        }
        new GapReport(client, log, findings).add(missing);
    }

    private void open(Connect connect) {
        followed = new LinkedHashSet<>(connect.services());
        since = connect.since();
        first = true;
        known.keySet().retainAll(followed);
        if (since == Connect.ANEW) {
            known.clear();
        } else {
            followed.forEach(service -> known.put(service, since));
        }
    }

    private void take(Line line) {
        checkEpoch(line);
        switch (line.type()) {
            case SNAPSHOT -> {
                checkNotBefore(line);
                snapshot(line);
            }
            case CHANGE -> change(line);
            case PROGRESS -> {
                checkNotBefore(line);
                progress(line);
            }
            case CONFIRM -> checkNotBefore(line);
        }
        highest = Math.max(highest, line.revision());
        first = false;
    }

    private void checkEpoch(Line line) {
        if (epoch != null && !epoch.equals(line.epoch())) {
            broken(Guarantee.MONOTONIC, line, "epoch " + line.epoch() + " (expected: " + epoch + " for ever)");
            known.clear();
            delivered.clear();
            highest = 0;
        }
        epoch = line.epoch();
    }

    /** Returns whether the line is not older than what came before. */
    private boolean checkNotBefore(Line line) {
        if (line.revision() >= highest) {
            return true;
        }
        String what = name(line) + " of revision " + line.revision() + " after revision " + highest;
        if (first) {
            broken(Guarantee.MONOTONIC, line, "a new stream begins with a " + what);
        } else {
            broken(Guarantee.ORDERED, line, "a " + what);
        }
        return false;
    }

    private void snapshot(Line line) {
        miss(line.revision() - 1);
        for (Line.Update update : line.updates()) {
            checkAsked(line, update);
            snapshots.check(line, update);
            missing.makeUp(update.service(), line.revision());
            known.merge(update.service(), line.revision(), Math::max);
        }
    }

    private void progress(Line line) {
        miss(line.revision());
        List<Long> unsent = missing.claim(line.revision());
        if (!unsent.isEmpty()) {
            findings.add(
                    Guarantee.BOOKMARKABLE,
                    client,
                    unsent,
                    "the progress mark of revision " + line.revision() + " came before " + GapReport.revisions(unsent));
        }
        for (String service : followed) {
            if (!known.containsKey(service)) {
                broken(Guarantee.BOOKMARKABLE, line, "a progress mark before the snapshot of " + service);
            }
        }
    }

    private void change(Line line) {
        Set<String> keys = keys(line);
        Set<String> before = delivered.computeIfAbsent(line.revision(), revision -> new HashSet<>());
        if (before.isEmpty()) {
            firstTime(line, keys);
        } else if (before.containsAll(keys)) {
            broken(Guarantee.UNIQUE, line, "revision " + line.revision() + " a second time");
        } else {
            broken(
                    Guarantee.ATOMIC,
                    line,
                    "revision " + line.revision() + " in two lines: " + before + ", then " + keys);
            line.updates().forEach(update -> missing.remove(line.revision(), update.service()));
        }
        before.addAll(keys);
    }

    private void firstTime(Line line, Set<String> keys) {
        long revision = line.revision();
        boolean late =
                line.updates().stream().allMatch(update -> revision <= known.getOrDefault(update.service(), -1L));
        if (late) {
            boolean wasMissing = false;
            for (Line.Update update : line.updates()) {
                wasMissing |= missing.remove(revision, update.service());
            }
            String what = "revision " + revision + " after revision " + highest;
            broken(
                    wasMissing ? Guarantee.ORDERED : Guarantee.UNIQUE,
                    line,
                    wasMissing ? what : what + ", which had it");
            return;
        }
        checkNotBefore(line);
        miss(revision - 1);
        line.updates().forEach(update -> checkUpdate(line, update));
        missParts(revision, keys);
        known.replaceAll((service, upTo) -> Math.max(upTo, revision));
    }

    private void checkUpdate(Line line, Line.Update update) {
        String service = update.service();
        checkAsked(line, update);
        if (!known.containsKey(service)) {
            broken(Guarantee.RELIABLE, line, "a change of " + service + " before its snapshot");
            known.put(service, line.revision());
        }
        missing.overtake(service, line.revision());
        checkPrevious(line, update);
    }

    private void checkPrevious(Line line, Line.Update update) {
        Long last = log.revisions(update.service()).lower(line.revision());
        Long lastSeen = last;
        while (lastSeen != null && log.vanished(lastSeen)) {
            lastSeen = log.revisions(update.service()).lower(lastSeen);
        }
        long previous = update.previous();
        boolean right = previous == orZero(last) || previous == orZero(lastSeen);
        if (!right && !(previous > orZero(last) && log.maybeChanged(update.service(), line.at()))) {
            broken(
                    Guarantee.RELIABLE,
                    line,
                    "revision " + line.revision() + " of " + update.service() + " names " + previous
                            + " as the one before (expected: " + orZero(last) + ")");
        }
    }

    private void checkAsked(Line line, Line.Update update) {
        if (!followed.contains(update.service())) {
            broken(Guarantee.GENUINE, line, update.service() + ", which it does not follow");
        }
    }

    /** Everything up to this revision that has not come yet is missing. */
    private void miss(long revision) {
        known.replaceAll((service, upTo) -> {
            if (upTo < revision) {
                Guarantee broken = first && since != Connect.ANEW ? Guarantee.RESUMABLE : Guarantee.RELIABLE;
                log.revisions(service)
                        .subSet(upTo, false, revision, true)
                        .forEach(each -> missing.add(each, service, log.vanished(each) ? Guarantee.DURABLE : broken));
            }
            return Math.max(upTo, revision);
        });
    }

    /** What the revision wrote and its line did not say. */
    private void missParts(long revision, Set<String> keys) {
        Write write = log.at(revision);
        if (write == null) {
            return;
        }
        for (Write.Part part : write.parts()) {
            Long upTo = known.get(part.service());
            if (upTo != null && upTo < revision && followed.contains(part.service()) && !keys.contains(part.key())) {
                missing.add(revision, part.service(), Guarantee.ATOMIC);
            }
        }
    }

    private void end(long revision) {
        if (highest < revision) {
            findings.add(
                    Guarantee.RELIABLE,
                    client,
                    List.of(highest, revision),
                    "got nothing after revision " + highest + " (expected: everything up to " + revision + ")");
        }
        miss(revision);
    }

    private void broken(Guarantee guarantee, Line line, String detail) {
        findings.add(guarantee, client, line.revision(), detail);
    }

    private static Set<String> keys(Line line) {
        Set<String> keys = new LinkedHashSet<>();
        for (Line.Update update : line.updates()) {
            update.entries().forEach(entry -> keys.add(entry.key()));
            keys.addAll(update.removed());
        }
        return keys;
    }

    private static String name(Line line) {
        return line.type().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static long orZero(@Nullable Long revision) {
        return revision == null ? 0 : revision;
    }
}
