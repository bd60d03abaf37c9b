package io.tulle.testing.tck;

import java.util.ArrayList;
import java.util.List;

/** Judges a driver by one scenario. */
public final class Tck {
    private static final DriverUnderTest REFERENCE = new BareMachineDriver();

    private Tck() {}

    /**
     * Runs {@code scenario} on the reference and on {@code driver} and compares them.
     *
     * @throws AssertionError if they differ, or if the driver breaks what must hold for every run; it says where
     */
    public static void verify(DriverUnderTest driver, Scenario scenario) {
        List<String> broken = problems(driver, scenario);
        if (!broken.isEmpty()) {
            throw new AssertionError(scenario + " on " + driver.name() + ":\n  " + String.join("\n  ", broken));
        }
    }

    /** Returns what is wrong with {@code driver} in {@code scenario}; empty when nothing is. */
    public static List<String> problems(DriverUnderTest driver, Scenario told) {
        Scenario scenario = driver.adapted(told);
        Run reference = Run.of(REFERENCE, scenario);
        List<String> broken = new ArrayList<>();
        RunChecks.broken(scenario, reference).forEach(problem -> broken.add("the reference itself: " + problem));
        Run run;
        try {
            run = Run.of(driver, scenario);
        } catch (IllegalStateException e) { // the machine refuses an event, or the driver hangs in virtual time
            broken.add("it threw " + e);
            return broken;
        }
        broken.addAll(RunChecks.broken(scenario, run));
        compare(reference.lines(), run.lines(), broken);
        return broken;
    }

    private static void compare(List<String> expected, List<String> actual, List<String> broken) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String left = i < expected.size() ? expected.get(i) : "nothing more";
            String right = i < actual.size() ? actual.get(i) : "nothing more";
            if (!left.equals(right)) {
                broken.add("'" + right + "' (expected, as on the bare machine: '" + left + "')");
                broken.add("all of the reference: " + String.join(" | ", expected));
                broken.add("all of this driver:   " + String.join(" | ", actual));
                return;
            }
        }
    }
}
