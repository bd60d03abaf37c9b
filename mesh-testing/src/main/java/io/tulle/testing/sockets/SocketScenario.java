package io.tulle.testing.sockets;

import io.tulle.testing.wire.WireServer;
import java.util.Locale;

/**
 * A fault on the wire and what must come of it.
 *
 * @param name a fact, in camel case
 * @param protocol what the server speaks
 * @param play makes calls and throws an AssertionError when something else came of them
 */
public record SocketScenario(String name, WireServer.Speaks protocol, Play play) {
    /** Makes calls through a driver. */
    @FunctionalInterface
    public interface Play {
        /**
         * Makes the calls, on benches of its own.
         *
         * @throws InterruptedException if the test is given up
         */
        void on(SocketDriver driver, Wire wire) throws InterruptedException;
    }

    /** Calls that are made on a bench that was set up for them. */
    @FunctionalInterface
    interface Calls {
        void on(SocketBench bench) throws InterruptedException;
    }

    /** Returns a scenario on one server, under a rule of three attempts. */
    static SocketScenario of(String name, WireServer.Speaks protocol, Calls calls) {
        return new SocketScenario(name, protocol, (driver, wire) -> {
            try (SocketBench bench = new SocketBench(driver, wire)) {
                calls.on(bench);
            }
        });
    }

    /** Returns what tables call it, such as {@code http1 earlyHints}. */
    public String title() {
        return protocol.toString().toLowerCase(Locale.ROOT) + " " + name;
    }

    @Override
    public String toString() {
        return title();
    }
}
