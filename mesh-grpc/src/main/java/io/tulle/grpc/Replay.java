package io.tulle.grpc;

import io.grpc.ClientCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the application has sent so far, for further attempts, until more than a limit has been written to a stream or an attempt is committed: then it is forgotten,
 * and no attempt can follow. Messages are kept as the application gave them, as gRPC's own retries do. Confined to the thread that drains, but for {@link #written},
 * {@link #possible} and {@link #shareable}.
 */
final class Replay<Q> {
    private final long limit;
    private final List<Consumer<ClientCall<Q, ?>>> steps = new ArrayList<>(2); // a message and the half-close
    private volatile boolean possible = true;

    /** {@code limit} is in bytes on the wire, at least 0. */
    Replay(long limit) {
        this.limit = limit;
    }

    /** Notes a step (a message, the half-close) that every further attempt repeats. */
    void add(Consumer<ClientCall<Q, ?>> step) {
        if (possible) {
            steps.add(step);
        } else {
            steps.clear();
        }
    }

    /** Repeats everything on an attempt's call. */
    void on(ClientCall<Q, ?> call) {
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).accept(call);
        }
    }

    /** Forgets everything: no further attempt will ask. */
    void drop() {
        possible = false;
        steps.clear();
    }

    /** Says how many bytes of messages one stream has written. From any thread. */
    void written(long bytes) {
        if (bytes > limit) {
            possible = false; // what is kept goes with the next step
        }
    }

    /** Returns whether another attempt beside those that are out would send everything that they do: a limit of 0 means that nothing is sent twice. */
    boolean shareable() {
        return possible && limit > 0;
    }

    /** Returns whether another attempt would send everything. From any thread. */
    boolean possible() {
        return possible;
    }
}
