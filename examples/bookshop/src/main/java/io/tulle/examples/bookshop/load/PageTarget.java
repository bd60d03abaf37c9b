package io.tulle.examples.bookshop.load;

import org.jspecify.annotations.Nullable;

/** Where load goes. */
public interface PageTarget {
    /** Sends request {@code number} and returns without waiting; later tells {@code done}, exactly once, on any thread. */
    void send(long number, Done done);

    /** Told how a request ended. */
    interface Done {
        /** The request is over; {@code failure} says why it failed, or is null when it was answered with 200. */
        void ended(@Nullable String failure);
    }
}
