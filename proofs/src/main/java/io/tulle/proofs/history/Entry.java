package io.tulle.proofs.history;

/**
 * A key as somebody was told it.
 *
 * @param key such as {@code Service proof/s1}
 * @param value the id of the write that made it
 * @param revision the revision that wrote it, as the registry says
 */
public record Entry(String key, String value, long revision) {}
