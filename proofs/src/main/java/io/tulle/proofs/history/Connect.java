package io.tulle.proofs.history;

import java.util.List;

/**
 * A watcher opens its stream.
 *
 * @param client who
 * @param at when, in nanoseconds of the recording process
 * @param services what it follows, as {@code namespace/name}
 * @param since the revision that it resumes from; {@link #ANEW} when it asks for snapshots
 * @param status the answer's status; 0 when there was none
 */
public record Connect(String client, long at, List<String> services, long since, int status) {
    /** No resume point. */
    public static final long ANEW = -1;

    /** Copies. */
    public Connect {
        services = List.copyOf(services);
    }

    /** Returns whether lines follow. */
    public boolean open() {
        return status == 200;
    }
}
