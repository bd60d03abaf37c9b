package io.tulle.proofs.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.proofs.check.Guarantee;
import io.tulle.proofs.check.Verdict;
import io.tulle.proofs.live.LiveRun;
import io.tulle.proofs.process.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A moment of {@code mesh proof checker}. */
class LiveCheckTest {
    private static final LiveRun.Settings SETTINGS = new LiveRun.Settings(4, 3, 6, 1);

    @Test
    void aRegistryThatIsKilledKeepsEveryPromise() throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.on(Path.of("target"), "live-")) {
            Verdict verdict = new LiveCheck(SETTINGS, Duration.ofSeconds(2), 1)
                    .run(null, scratch.folder().resolve("run"));

            assertThat(verdict.violations()).isEmpty();
            assertThat(verdict.acked()).isPositive();
            assertThat(verdict.lines()).isPositive();
        }
    }

    @Test
    void aTransactionThatTheStoreSplitsIsFound() throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.on(Path.of("target"), "live-")) {
            Verdict verdict = new LiveCheck(SETTINGS, Duration.ofSeconds(1), 0)
                    .run(PlantedBug.SPLIT_TRANSACTION, scratch.folder().resolve("run"));

            assertThat(verdict.broken()).contains(Guarantee.ATOMIC);
        }
    }
}
