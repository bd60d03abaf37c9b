package io.tulle.testing.sockets;

import java.util.List;
import java.util.stream.Stream;

/** The scenarios of ring 2. */
public final class SocketScenarios {
    private SocketScenarios() {}

    /** Returns all of them. */
    public static List<SocketScenario> all() {
        return Stream.of(Http1Faults.all(), Http2Faults.all(), SlowFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
