package io.tulle.proofs.check;

import io.tulle.proofs.history.History;
import io.tulle.proofs.history.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What ended before something else began has the smaller revision. */
final class OrderCheck {
    private final RevisionLog log;
    private final Findings findings;

    OrderCheck(RevisionLog log, Findings findings) {
        this.log = log;
        this.findings = findings;
    }

    /**
     * Something that has a revision.
     *
     * @param least what came before has at most this revision: a write's own is not given twice, a read may see the newest again
     */
    private record Step(String who, String what, long start, long end, long revision, long least) {}

    void run(History history) {
        List<Step> steps = new ArrayList<>();
        for (Write write : history.writes()) {
            long revision = log.revision(write);
            if (revision > 0) {
                long end = write.acked() ? write.end() : Long.MAX_VALUE;
                String what = "write " + write.id() + " at revision " + revision;
                steps.add(new Step(write.writer(), what, write.start(), end, revision, revision - 1));
            }
        }
        history.reads()
                .forEach(read -> steps.add(new Step(
                        read.reader(),
                        "a list of revision " + read.revision(),
                        read.start(),
                        read.end(),
                        read.revision(),
                        read.revision())));
        sweep(steps);
    }

    private void sweep(List<Step> steps) {
        List<Step> ending =
                steps.stream().sorted(Comparator.comparingLong(Step::end)).toList();
        List<Step> starting =
                steps.stream().sorted(Comparator.comparingLong(Step::start)).toList();
        int ended = 0;
        Step newest = null;
        for (Step step : starting) {
            for (; ended < ending.size() && ending.get(ended).end() < step.start(); ended++) {
                if (newest == null || ending.get(ended).revision() > newest.revision()) {
                    newest = ending.get(ended);
                }
            }
            if (newest != null && newest.revision() > step.least()) {
                findings.add(
                        Guarantee.SEQUENTIAL,
                        step.who(),
                        List.of(newest.revision(), step.revision()),
                        step.what() + " began after the answer to " + newest.what() + " of " + newest.who());
            }
        }
    }
}
