package io.tulle.testing.tck;

import java.util.List;
import java.util.stream.Stream;

/** The named scenarios of the driver TCK. */
public final class Scenarios {
    private Scenarios() {}

    /** Returns all of them, each with the trace that it must give. */
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

    /**
     * Returns the scenario called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scenario named(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' (expected: one of "
                        + all().stream().map(Scenario::name).toList() + ")"));
    }
}
