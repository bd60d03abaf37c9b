package io.tulle.testing.tck;

import io.tulle.client.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a driver made of a scenario.
 *
 * @param traces the lines of each call, as {@link io.tulle.testing.RecordingTrace}
 * @param seen what the application saw of each call
 * @param bodyWrites how often each call's body was written
 * @param hits the instances that attempts were sent to, in order
 * @param heard what the listener heard
 * @param inFlight attempts that are counted in flight after the end, of all endpoints
 * @param unreleased exchanges that have left something open
 */
public record Run(
        List<List<String>> traces,
        List<Seen> seen,
        List<Integer> bodyWrites,
        List<String> hits,
        List<String> heard,
        int inFlight,
        long unreleased) {
    /** Copies. */
    public Run {
        traces = List.copyOf(traces);
        seen = List.copyOf(seen);
        bodyWrites = List.copyOf(bodyWrites);
        hits = List.copyOf(hits);
        heard = List.copyOf(heard);
    }

    /** Runs {@code scenario} on {@code driver}, in a mesh and in virtual time of its own. */
    public static Run of(DriverUnderTest driver, Scenario scenario) {
        return of(driver, scenario, UnaryOperator.identity());
    }

    /** The same in a mesh that is built {@code with} more, such as a listener. */
    public static Run of(DriverUnderTest driver, Scenario scenario, UnaryOperator<Mesh.Builder> with) {
        try (TckMesh mesh = new TckMesh(scenario, with)) {
            List<ScriptedRequest> requests =
                    scenario.calls().stream().map(ScriptedRequest::new).toList();
            List<Seen> seen = new ArrayList<>();
            try (DriverUnderTest.Client client = driver.connect(mesh)) {
                for (ScriptedRequest request : requests) {
                    mesh.clock().advance(request.call().pause());
                    seen.add(client.call(request));
                }
            }
            mesh.clock().runAll();
            return new Run(
                    mesh.trace().calls(),
                    seen,
                    requests.stream().map(ScriptedRequest::writes).toList(),
                    mesh.transport().hits(),
                    mesh.listener().lines(),
                    mesh.inFlight(),
                    mesh.transport().unreleased());
        }
    }

    /** Returns everything, one fact per line, for comparing and printing. */
    public List<String> lines() {
        Stream<String> calls = Stream.iterate(0, i -> i < traces.size(), i -> i + 1)
                .flatMap(i -> traces.get(i).stream().map(line -> "call " + (i + 1) + ": " + line));
        Stream<String> facts = Stream.of(
                "seen: " + seen,
                "body writes: " + bodyWrites,
                "hits: " + hits,
                "in flight: " + inFlight,
                "unreleased: " + unreleased);
        return Stream.of(calls, facts, heard.stream().map(line -> "heard: " + line))
                .flatMap(s -> s)
                .toList();
    }
}
