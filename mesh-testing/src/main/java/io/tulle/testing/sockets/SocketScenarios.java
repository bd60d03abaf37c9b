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

    /** Returns the one of that {@link SocketScenario#title}. */
    static SocketScenario titled(String title) {
        return all().stream()
                .filter(scenario -> scenario.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(title + " (expected: the title of a scenario)"));
    }
}
