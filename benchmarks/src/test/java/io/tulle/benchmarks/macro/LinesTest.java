package io.tulle.benchmarks.macro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes tell each other arrives as it was sent. */
class LinesTest {
    @Test
    void aSlice() {
        Slice slice = new Slice(200, 1200, 2000);

        assertThat(Slice.of(slice.line())).isEqualTo(slice);
    }

    @Test
    void aReading() {
        Reading reading = new Reading(12345, 1, 1.2001, 225.5, 863, 2.19, 0.34, 1.5, 1e12 + 1);

        assertThat(Reading.of(reading.line())).isEqualTo(reading);
    }

    @Test
    void aSite(@TempDir Path folder) throws Exception {
        Site site = new Site(folder, List.of(1, 2, 3), List.of(), List.of(4, 5, 6), 7, 0, List.of(80L, 90L), List.of());

        site.write();

        assertThat(Site.read(folder)).isEqualTo(site);
    }
}
