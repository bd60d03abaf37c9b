package io.tulle.registry.store;

/**
 * What became of a transaction.
 *
 * @param succeeded whether its conditions held and it was applied
 * @param revision the revision that it made; when it was not applied or changed nothing, the newest one
 */
public record Committed(boolean succeeded, long revision) {}
