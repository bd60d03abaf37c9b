package io.tulle.testing.wire;

import java.io.IOException;

/** What a {@link WireServer} does about one request that has arrived completely. Runs on the connection's thread, which reads nothing meanwhile. */
@FunctionalInterface
public interface WireScript {
    /** Says nothing; the connection stays open. */
    WireScript SILENCE = exchange -> {};

    /**
     * Answers, or does worse.
     *
     * @throws IOException if the client is gone, which ends the connection
     */
    void answer(WireExchange exchange) throws IOException;
}
