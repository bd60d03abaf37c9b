package io.tulle.proofs.history;

/**
 * The run is over: nobody writes any more, and every watcher had time to get everything.
 *
 * @param revision the newest revision then
 */
public record Finish(long revision) {}
