package io.tulle.testing.sockets;

import io.tulle.testing.ProofLog;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The driver TCK, ring 2: extend it in the driver's tests. Every scenario is a test; those in a protocol that the driver does not speak are skipped. */
public abstract class SocketTck {
    /** Returns the driver. */
    protected abstract SocketDriver driver();

    @TestFactory
    final Stream<DynamicTest> holdsOnTheWire() {
        return SocketScenarios.all().stream()
                .map(scenario -> DynamicTest.dynamicTest(name(scenario), () -> run(scenario)));
    }

    private static String name(SocketScenario scenario) {
        return scenario.protocol().toString().toLowerCase(Locale.ROOT) + " " + scenario.name();
    }

    private void run(SocketScenario scenario) throws Throwable {
        SocketDriver driver = driver();
        ProofLog.judge("ring 2", driver.title(), name(scenario), () -> {
            Wire wire = driver.wire(scenario.protocol());
            Assumptions.assumeTrue(wire != null, driver.title() + " does not speak " + scenario.protocol());
            if (wire != null) {
                scenario.play().on(driver, wire);
            }
        });
    }
}
