package io.tulle.testing.tck;

import io.tulle.testing.RecordingTrace;
import java.util.ArrayList;
import java.util.List;

/** What must hold for every run of every driver, whatever the scenario. */
final class RunChecks {
    private final Scenario scenario;
    private final Run run;
    private final List<String> broken = new ArrayList<>();

    private RunChecks(Scenario scenario, Run run) {
        this.scenario = scenario;
        this.run = run;
    }

    /** Returns what does not hold; empty when all does. */
    static List<String> broken(Scenario scenario, Run run) {
        RunChecks checks = new RunChecks(scenario, run);
        checks.calls();
        checks.bodies();
        checks.wire();
        checks.expectations();
        return checks.broken;
    }

    private void calls() {
        check(
                run.traces().size() == scenario.calls().size(),
                "calls started",
                run.traces().size(),
                scenario.calls().size());
        for (int i = 0; i < run.traces().size(); i++) {
            call("call " + (i + 1) + ": ", run.traces().get(i));
        }
    }

    private void call(String call, List<String> lines) {
        int dispatched = count(lines, "DISPATCH(");
        for (int attempt = 1; attempt <= dispatched; attempt++) {
            int ends = count(lines, "END(" + attempt + ") ");
            check(ends == 1, call + "END of attempt " + attempt, ends, 1);
        }
        int completed = count(lines, "COMPLETE ");
        check(completed == 1, call + "COMPLETE", completed, 1);
        int commits = count(lines, "COMMIT(");
        check(commits <= 1, call + "COMMIT", commits, "at most 1");
    }

    private void bodies() {
        for (int i = 0; i < run.bodyWrites().size(); i++) {
            if (scenario.calls().get(i).body() == Body.ONE_SHOT) {
                int writes = run.bodyWrites().get(i);
                check(writes <= 1, "call " + (i + 1) + ": writes of its one-shot body", writes, "at most 1");
            }
        }
    }

    private void wire() {
        int dispatches = run.traces().stream()
                .mapToInt(lines -> count(lines, "DISPATCH("))
                .sum();
        check(
                run.hits().size() <= dispatches,
                "requests sent",
                run.hits().size(),
                "at most " + dispatches + ", as dispatched");
        check(run.inFlight() == 0, "attempts counted in flight after the end", run.inFlight(), 0);
        check(run.unreleased() == 0, "responses left open", run.unreleased(), 0);
    }

    private void expectations() {
        for (int i = 0; i < Math.min(scenario.expected().size(), run.traces().size()); i++) {
            String expected = scenario.expected().get(i);
            String actual = RecordingTrace.withoutTimes(run.traces().get(i));
            check(expected.isEmpty() || expected.equals(actual), "call " + (i + 1) + ": trace", actual, expected);
        }
        int found = 0;
        for (String line : run.heard()) {
            if (found < scenario.heard().size() && line.equals(scenario.heard().get(found))) {
                found++;
            }
        }
        if (found < scenario.heard().size()) {
            broken.add("heard: " + run.heard() + " (expected: ..., "
                    + scenario.heard().get(found) + ", ...)");
        }
    }

    private static int count(List<String> lines, String prefix) {
        return (int) lines.stream().filter(line -> line.startsWith(prefix)).count();
    }

    private void check(boolean holds, String what, Object found, Object expected) {
        if (!holds) {
            broken.add(what + ": " + found + " (expected: " + expected + ")");
        }
    }
}
