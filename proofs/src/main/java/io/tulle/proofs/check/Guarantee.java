package io.tulle.proofs.check;

/** What the registry promises to writers, readers and watchers. The last six are etcd's for watches. */
public enum Guarantee {
    /** An acknowledged write is never lost, and one without answer is done once or not at all. */
    DURABLE("acknowledged writes stay"),
    /** A write that was acknowledged before another one was sent has the smaller revision, and whoever reads after it sees it. */
    SEQUENTIAL("later writes have later revisions"),
    /** A revision belongs to one write for ever, never decreases, not even over a restart, and the epoch stays. */
    MONOTONIC("revisions are never given twice and never go back"),
    /** Nobody is shown what nobody wrote, or what was refused. */
    GENUINE("nothing is made up"),
    /** A list or snapshot holds exactly what the writes up to its revision amount to. */
    EXACT("a list or snapshot is its revision"),
    /** Changes come in order of their revisions. */
    ORDERED("changes come in order"),
    /** No change comes twice. */
    UNIQUE("no change comes twice"),
    /** No change is left out. */
    RELIABLE("no change is left out"),
    /** What was written together comes together. */
    ATOMIC("what was written together comes together"),
    /** A stream that is opened again at a revision goes on after it. */
    RESUMABLE("a stream goes on where it was"),
    /** A progress mark is true: everything up to it has been sent. */
    BOOKMARKABLE("progress marks are true");

    private final String promise;

    Guarantee(String promise) {
        this.promise = promise;
    }

    /** Returns the promise in a few words. */
    public String promise() {
        return promise;
    }
}
