package io.tulle.examples.bookshop.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.examples.bookshop.script.PhaseReport;
import io.tulle.examples.bookshop.script.Split;
import io.tulle.examples.bookshop.script.TargetRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
    private static final TargetRow ROW = new TargetRow("catalog/v1", 100, 10, 9, 30, 0, 4, List.of());
    private static final PhaseReport MESHED = new PhaseReport(
            "split 90/10",
            2200,
            0,
            "",
            15.12345,
            31.5,
            List.of(ROW, ROW),
            List.of(),
            null,
            new Split(90, 1980, 220, 2000),
            List.of("reviews-1"),
            "all is back");
    private static final PhaseReport PLAIN = new PhaseReport(
            "kill -9",
            2000,
            300,
            "catalog: connection refused",
            15,
            31,
            List.of(),
            List.of(),
            null,
            null,
            List.of(),
            "");

    private static Object tree(String json) {
        return JsonMapper.builder().build().readTree(json);
    }

    @Test
    void replacesAnEarlierResultAsAWhole(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("result.json"), "earlier".repeat(1000));
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
        JsonReport report = JsonReport.of(List.of(MESHED));

        report.write(link);

        assertThat(file).hasContent(report.text());
        assertThat(link).isSymbolicLink();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("result.json", "link.json");
    }

    @Test
    void hasExactlyThePromisedShape() {
        assertThat(tree(JsonReport.of(List.of(MESHED, PLAIN)).text())).isEqualTo(tree("""
                                {"requests": 4200, "failed": 300, "phases": [
                                  {"name": "split 90/10", "requests": 2200, "failed": 0, "retries": 8, "p50Ms": 15.123, "p99Ms": 31.5,
                                   "split": {"catalog/v1": 0.9, "catalog/v2": 0.1}, "lost": ["reviews-1"], "remark": "all is back"},
                                  {"name": "kill -9", "requests": 2000, "failed": 300, "retries": 0, "p50Ms": 15.0, "p99Ms": 31.0,
                                   "split": {}, "lost": [], "remark": ""}
                                ]}
                                """));
    }
}
