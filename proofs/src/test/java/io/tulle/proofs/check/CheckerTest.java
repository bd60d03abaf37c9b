package io.tulle.proofs.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.proofs.check.FakeRegistry.StoreBug;
import io.tulle.proofs.history.Event;
import io.tulle.proofs.history.History;
import io.tulle.proofs.history.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CheckerTest {
    private static final int STEPS = 200;

    @Test
    void findsNothingWhereEveryPromiseIsKept() {
        for (long seed = 0; seed < 150; seed++) {
            Verdict verdict = check(new FakeRegistry(seed, StoreBug.NONE, seed % 2 == 0).run(STEPS));
            assertThat(verdict.violations()).as("seed %d", seed).isEmpty();
            assertThat(verdict.acked()).as("seed %d", seed).isGreaterThan(50);
        }
    }

    @ParameterizedTest
    @EnumSource(StreamBug.class)
    void namesABugOfTheStream(StreamBug bug) {
        for (long seed = 0; seed < 40; seed++) {
            List<Event> sound = new FakeRegistry(seed, StoreBug.NONE, false).run(STEPS);
            assertThat(check(bug.in(sound)).broken()).as("seed %d", seed).contains(bug.broken());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOSES_A_WRITE, DURABLE",
        "SPLITS_A_TRANSACTION, ATOMIC",
        "RESETS_ITS_REVISION, MONOTONIC",
        "APPLIES_A_REFUSED_WRITE, GENUINE",
        "APPLIES_A_TIMED_OUT_WRITE_TWICE, DURABLE",
        "CHANGES_ITS_EPOCH, MONOTONIC",
        "READS_THE_PAST, SEQUENTIAL"
    })
    void namesABugOfTheStore(StoreBug bug, Guarantee broken) {
        for (long seed = 0; seed < 40; seed++) {
            Verdict verdict = check(new FakeRegistry(seed, bug, false).run(STEPS));
            assertThat(verdict.broken()).as("seed %d", seed).contains(broken);
        }
    }

    @ParameterizedTest
    @CsvSource({"DROPS", "DUPLICATES", "REORDERS", "SPLITS"})
    void saysWhichWatcherAndWhichRevision(StreamBug bug) {
        List<Event> events = bug.in(new FakeRegistry(7, StoreBug.NONE, false).run(STEPS));

        Violation violation = check(events).first(bug.broken());

        assertThat(violation.who()).startsWith("c");
        assertThat(violation.revisions()).isNotEmpty();
        assertThat(violation.toString())
                .contains(bug.broken().promise(), violation.revisions().get(0).toString());
    }

    @Test
    void aDroppedLineIsNotALostWrite() {
        Verdict verdict = check(StreamBug.DROPS.in(new FakeRegistry(3, StoreBug.NONE, false).run(STEPS)));

        assertThat(verdict.broken()).doesNotContain(Guarantee.DURABLE);
    }

    @Test
    void aFileHoldsTheWholeHistory(@TempDir Path folder) throws IOException {
        List<Event> events = new FakeRegistry(5, StoreBug.NONE, true).run(STEPS);
        Path file = folder.resolve("run.jsonl");
        try (Recorder recorder = Recorder.to(file)) {
            events.forEach(recorder::add);
        }

        assertThat(History.read(file)).isEqualTo(History.of(events));
    }

    private static Verdict check(List<Event> events) {
        return Checker.check(History.of(events));
    }
}
