package io.tulle.registry.store;

import org.jspecify.annotations.Nullable;

/**
 * What a revision made of a key.
 *
 * @param key which
 * @param revision which
 * @param entry what it is from then on; null: deleted
 */
record Version(String key, long revision, @Nullable Entry entry) {}
