package io.tulle.proofs.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.proofs.live.LiveRun;
import io.tulle.proofs.live.RealDisk;
import io.tulle.proofs.process.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A moment of {@code mesh proof kill}. */
class KillLoopTest {
    @Test
    void nothingAcknowledgedIsLost() throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.on(Path.of("target"), "kill-")) {
            KillLoop loop = new KillLoop(new LiveRun.Settings(8, 2, 6, 1), 3, Duration.ofSeconds(1), line -> {});

            KillLoop.Outcome outcome = loop.run(scratch.folder());

            assertThat(outcome.restarts()).hasSize(3);
            assertThat(outcome.verdict().acked()).isPositive();
            assertThat(outcome.verdict().violations()).isEmpty();
        }
    }

    @Test
    void everyAcknowledgementIsSyncedAndAMutantThatDoesNotIsCaught() throws IOException, InterruptedException {
        String obstacle = SyncTrace.obstacle();
        Assumptions.assumeTrue(obstacle == null, obstacle);
        try (Scratch scratch = Scratch.on(Path.of("target"), "trace-")) {
            Path sound = Files.createDirectory(scratch.folder().resolve("sound"));
            Path mutant = Files.createDirectory(scratch.folder().resolve("mutant"));

            assertThat(new SyncTrace(sound).run(false, 20))
                    .matches(SyncAudit.Result::good)
                    .extracting(SyncAudit.Result::acknowledged)
                    .isEqualTo(20);
            assertThat(new SyncTrace(mutant).run(true, 10).unsynced()).hasSize(10);
        }
    }

    @Test
    void aFolderInMemoryIsRefused() throws IOException {
        Path memory = Path.of("/dev/shm");
        Assumptions.assumeTrue(Files.isDirectory(memory), "there is no /dev/shm here");

        assertThat(RealDisk.obstacle(memory)).contains("in memory", "--folder");
    }
}
