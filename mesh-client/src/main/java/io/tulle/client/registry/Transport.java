package io.tulle.client.registry;

import io.tulle.client.wire.RemovalReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Executes what the session wants on one protocol. Never blocks; calls back on threads of its own, at most once per request, and for a stream any number of lines
 * and then one end. Thread-safe.
 */
interface Transport extends AutoCloseable {
    /** Hears what comes of a command; any thread. */
    interface Answers {
        /** The body of an answer with status 2xx. */
        void answered(Command command, String body);

        /** The stream has begun. */
        void streaming(Command command);

        /** A line of the stream; {@code more} asks for the next ones when this has been dealt with. */
        void line(Command command, String line, Runnable more);

        /** Something on the stream that cannot be a line. */
        void garbage(Command command, String reason);

        /** The request has failed, or the stream has ended. */
        void failed(Command command, Failure failure);
    }

    /** Executes a command. */
    void execute(Command command, Answers answers);

    /**
     * Removes an instance of a session.
     *
     * @param wait how long the answer may wait for the removal to reach everybody
     * @return how many have not got it by then; fails when the registry could not be asked
     */
    CompletableFuture<Integer> remove(
            int registry, String session, String name, String uid, RemovalReason reason, Duration wait);

    /** Ends a session. */
    CompletableFuture<Void> end(int registry, String session);

    @Override
    void close();
}
