package io.tulle.benchmarks.macro;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.benchmarks.report.JsonReport;
import io.tulle.benchmarks.report.Machine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MacroRunTest {
    private static final Effort LEAST =
            new Effort(1, 1, new Effort.Warmup(0, 1, 1), new Slice(50, 400, 0), new Slice(50, 400, 200));

    @Test
    void measuresTheBaselineBesideARowByProcessesOfTheirOwn(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream progress = new ByteArrayOutputStream();

        List<MacroFigure> figures = new MacroRun(LEAST, new PrintStream(progress, true, StandardCharsets.UTF_8))
                .run(Set.of("tulle-okhttp"));

        assertThat(figures).extracting(MacroFigure::row).containsExactly(MacroRow.OKHTTP, MacroRow.TULLE_OKHTTP);
        assertThat(figures).allSatisfy(figure -> {
            assertThat(figure.median(sample -> sample.closed().perSecond())).isPositive();
            assertThat(figure.median(sample -> sample.closed().cpu())).isPositive();
            assertThat(figure.median(sample -> sample.closed().bytesPerCall())).isGreaterThan(100);
            assertThat(figure.median(sample -> sample.paced().p50())).isPositive();
            assertThat(figure.failed()).isZero();
        });
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("round 1/1: tulle-okhttp");
        assertThat(json(folder, figures))
                .contains("\"machine\"", "\"name\":\"okhttp\"", "\"ratio\":1.0", "\"name\":\"tulle-okhttp\"")
                .contains("\"threads\":16", "\"cpuRatio\"", "\"bytes\"", "\"p99Us\"", "\"addedP50Us\"");
        assertThat(MacroReport.lines(figures)).anyMatch(line -> line.startsWith("tulle-okhttp to okhttp, cpu"));
    }

    private static String json(Path folder, List<MacroFigure> figures) throws Exception {
        Path file = folder.resolve("macro.json");
        JsonReport.write(
                file,
                Machine.here(),
                figures.stream().map(figure -> figure.fields(figures)).toList());
        return Files.readString(file);
    }
}
