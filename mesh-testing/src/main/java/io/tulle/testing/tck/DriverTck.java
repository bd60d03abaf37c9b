package io.tulle.testing.tck;

import io.tulle.testing.ProofLog;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/**
 * The driver TCK, ring 1: extend it in the driver's tests. Every named scenario is a test; generated ones are one test, and one that hedges if the
 * driver can: 500 scripts each or as many as the system property {@code tck.scripts} says, from seed {@code tck.seed} on (0).
 */
public abstract class DriverTck {
    private static final int SCRIPTS = Integer.getInteger("tck.scripts", 500);
    private static final long FIRST_SEED = Long.getLong("tck.seed", 0);

    /** Returns the driver. */
    protected abstract DriverUnderTest driver();

    /** Returns how many generated scripts to run; override to give a cheap driver more. */
    protected int scripts() {
        return SCRIPTS;
    }

    @TestFactory
    final Stream<DynamicTest> behavesAsTheBareMachine() {
        return Stream.concat(
                        Scenarios.all().stream(), driver().hedges() ? Scenarios.hedging().stream() : Stream.empty())
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> verify(scenario)));
    }

    private void verify(Scenario scenario) throws Throwable {
        judge(scenario.name(), () -> {
            String reason = driver().notApplicable(scenario);
            if (reason != null) {
                throw new TestAbortedException(reason);
            }
            Tck.verify(driver(), scenario);
        });
    }

    private void judge(String line, Executable test) throws Throwable {
        ProofLog.judge("ring 1", driver().name(), line, test);
    }

    @Test
    final void behavesAsTheBareMachineOnGeneratedScripts() throws Throwable {
        judge(
                "generatedScripts",
                () -> RandomScenarios.seeds(FIRST_SEED, scripts()).forEach(scenario -> Tck.verify(driver(), scenario)));
    }

    @Test
    @EnabledIf("hedges")
    final void behavesAsTheBareMachineOnGeneratedScriptsThatHedge() throws Throwable {
        judge(
                "generatedScriptsThatHedge",
                () -> RandomScenarios.hedging(FIRST_SEED, scripts())
                        .forEach(scenario -> Tck.verify(driver(), scenario)));
    }

    final boolean hedges() {
        return driver().hedges();
    }
}
