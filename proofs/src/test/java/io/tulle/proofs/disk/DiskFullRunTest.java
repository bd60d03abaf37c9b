package io.tulle.proofs.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.proofs.process.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A moment of {@code mesh proof disk-full}. */
class DiskFullRunTest {
    @Test
    void aFullDiskStopsWritesAndNothingElse() throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.on(Path.of("target").toAbsolutePath(), "disk-")) {
            SmallDisk disk =
                    new SmallDisk(Files.createDirectory(scratch.folder().resolve("disk")), "8m");
            String obstacle = disk.obstacle();
            Assumptions.assumeTrue(obstacle == null, obstacle);

            DiskFullRun.Outcome outcome =
                    new DiskFullRun(scratch.folder(), Duration.ofSeconds(1), line -> {}).run(disk);

            assertThat(outcome).as("%s", outcome).matches(DiskFullRun.Outcome::good);
            assertThat(outcome.phases().get(1).write().body()).contains("the disk is full", "free some space");
        }
    }
}
