package io.tulle.testing.tck;

import java.util.List;
import java.util.stream.Stream;

/** The named scenarios of the driver TCK. */
public final class Scenarios {
    private Scenarios() {}

    /** Returns those for every driver, each with the trace that it must give. */
    public static List<Scenario> all() {
        return Stream.of(
                        RetryScenarios.all(),
                        TimeScenarios.all(),
                        CallerScenarios.all(),
                        HealthScenarios.all(),
                        RoutingScenarios.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Returns those in which several attempts of a call are out together ({@link DriverUnderTest#hedges}), each with the trace that it must give. */
    public static List<Scenario> hedging() {
        return HedgeScenarios.all();
    }

    /**
     * Returns the scenario called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scenario named(String name) {
        List<Scenario> known = Stream.of(all(), hedging()).flatMap(List::stream).toList();
        return known.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' (expected: one of "
                        + known.stream().map(Scenario::name).toList() + ")"));
    }
}
