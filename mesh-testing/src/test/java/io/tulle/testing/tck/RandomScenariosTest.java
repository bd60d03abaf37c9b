package io.tulle.testing.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Generated scripts are worth running: they go everywhere. */
class RandomScenariosTest {
    @Test
    void reachEveryVerdictAndEveryTransition() {
        Set<String> heard = RandomScenarios.seeds(0, 1_000)
                .flatMap(scenario -> Run.of(new BareMachineDriver(), scenario).heard().stream())
                .map(RandomScenariosTest::kind)
                .collect(Collectors.toSet());
        assertThat(heard)
                .containsAll(Stream.of(Verdict.values())
                        .filter(verdict -> verdict != Verdict.UNKNOWN_SERVICE && verdict != Verdict.OVERLOADED)
                        .map(verdict -> "callEnded " + verdict)
                        .toList());
        assertThat(heard)
                .contains(
                        "endpointEjected a",
                        "endpointReturned a",
                        "breakerChanged default/shop",
                        "retryScheduled",
                        "retryDenied",
                        "panic");
    }

    @Test
    void thoseThatHedgeHaveSeveralAttemptsOutAndEveryEnd() {
        List<String> lines = RandomScenarios.hedging(0, 500)
                .flatMap(scenario -> Run.of(new BareMachineDriver(), scenario).lines().stream())
                .toList();
        assertThat(lines).anyMatch(line -> line.endsWith(" hedge"));
        for (String kind : List.of("COMMIT(1)", "COMMIT(2)", "COMMIT(3)", "CANCEL(1)", "CANCEL(2)", "CANCEL(3)")) {
            assertThat(lines).anyMatch(line -> line.contains(kind));
        }
        for (Verdict verdict : List.of(
                Verdict.SUCCESS,
                Verdict.FAILED,
                Verdict.FAILED_RESPONSE,
                Verdict.CANCELLED,
                Verdict.DEADLINE_EXCEEDED)) {
            assertThat(lines).anyMatch(line -> line.contains("callEnded " + verdict));
        }
        assertThat(lines).contains("heard: retryDenied");
    }

    @Test
    void sameSeedGivesTheSameRun() {
        List<String> first =
                Run.of(new BareMachineDriver(), RandomScenarios.of(5)).lines();
        assertThat(Run.of(new BareMachineDriver(), RandomScenarios.of(5)).lines())
                .isEqualTo(first);
    }

    private static String kind(String line) {
        String[] words = line.split(" ");
        return line.endsWith(" panic")
                ? "panic"
                : line.startsWith("retry") ? words[0] : words[0] + (words.length > 1 ? " " + words[1] : "");
    }
}
