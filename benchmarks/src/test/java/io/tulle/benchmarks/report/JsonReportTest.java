package io.tulle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {
    private static final Machine MACHINE = new Machine(2, "a \"quoted\" cpu", "Linux", "17");

    @Test
    void rowsKeepTheOrderOfTheirFields(@TempDir Path folder) throws Exception {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", "floor");
        row.put("threads", 1);
        row.put("ns", 12.34567891);
        row.put("ratio", Double.NaN);
        Path file = folder.resolve("figures.json");

        JsonReport.write(file, MACHINE, List.of(row));

        assertThat(Files.readString(file))
                .contains("\"cpu\":\"a \\\"quoted\\\" cpu\"")
                .contains("{\"name\":\"floor\",\"threads\":1,\"ns\":12.3457,\"ratio\":null}");
    }

    @Test
    void noRowsAreAnEmptyList() {
        assertThat(JsonReport.text(MACHINE, List.of())).containsIgnoringWhitespaces("\"rows\":[]}");
    }

    @Test
    void otherValuesAreRefused() {
        assertThatThrownBy(() -> JsonReport.text(MACHINE, List.of(Map.of("when", List.of()))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thisMachineHasCoresAndAProcessor() {
        assertThat(Machine.here().cores()).isPositive();
        assertThat(Machine.here().line())
                .startsWith("machine: ")
                .contains(Machine.here().cpu());
    }
}
