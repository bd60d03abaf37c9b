package io.tulle.testing.sockets;

import io.tulle.testing.ProofLog;
import io.tulle.testing.wire.WireServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** The driver TCK, ring 2: extend it in the driver's tests. Every scenario is a test; those in a protocol that the driver does not speak are skipped. */
public abstract class SocketTck {
    /** Returns the driver. */
    protected abstract SocketDriver driver();

    @TestFactory
    final Stream<DynamicTest> holdsOnTheWire() {
        return SocketScenarios.all().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.title(), () -> run(scenario)));
    }

    private void run(SocketScenario scenario) throws Throwable {
        SocketDriver driver = driver();
        ProofLog.judge(
                "ring 2",
                driver.title(),
                scenario.title(),
                () -> scenario.play().on(driver, wire(driver, scenario.protocol())));
    }

    /** Returns what a driver speaks to such a server; skips the test when that is nothing. */
    static Wire wire(SocketDriver driver, WireServer.Speaks protocol) {
        Wire wire = driver.wire(protocol);
        if (wire == null) {
            throw new TestAbortedException(driver.title() + " does not speak " + protocol);
        }
        return wire;
    }
}
