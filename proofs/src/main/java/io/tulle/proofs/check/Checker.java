package io.tulle.proofs.check;

import io.tulle.proofs.history.History;

/** Verifies a history against every {@link Guarantee}. Linear but for sorting; nothing is searched. */
public final class Checker {
    private Checker() {}

    /** Returns what holds and what does not. */
    public static Verdict check(History history) {
        Findings findings = new Findings();
        RevisionLog log = new LogBuilder(history, findings).build();
        new OrderCheck(log, findings).run(history);
        new ReadCheck(log, findings).run(history);
        history.watchers()
                .forEach((client, events) -> new WatcherCheck(client, log, findings).run(events, history.finish()));
        return new Verdict(
                history.acked(), history.writes().size(), history.reads().size(), history.lines(), findings.all());
    }
}
