package io.tulle.http;

/** What a call waits for, and can give up waiting for. */
@FunctionalInterface
interface Cancellable {
    /** Gives up; from any thread, at any time, more than once. */
    void cancel();
}
