package io.tulle.core.balance;

import io.tulle.api.time.RandomSource;

/**
 * Chooses one of a fixed set of endpoints. An immutable snapshot but for its own counters; thread-safe. When the set changes, another picker
 * replaces this one.
 */
public interface Picker {
    /** Returns the index of an endpoint, from 0 to one less than the set's size. */
    int pick(RandomSource random, long now);
}
