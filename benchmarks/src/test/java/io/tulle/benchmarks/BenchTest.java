package io.tulle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new Bench(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(progress, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    private String told() {
        return progress.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothingAskedShowsTheUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(told())
                .contains("usage: mesh bench")
                .contains("success-path")
                .contains("slow10x");
    }

    @Test
    void helpIsNoError() {
        assertThat(run("micro", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("usage: mesh bench");
    }

    @Test
    void anUnknownBenchmarkNamesNearOnes() {
        assertThat(run("mirco")).isEqualTo(2);
        assertThat(told()).contains("unknown benchmark 'mirco' (did you mean micro?)");
    }

    @Test
    void anUnknownRowIsAUsageError() {
        assertThat(run("balance", "--rows", "slow1x")).isEqualTo(2);
        assertThat(told()).contains("unknown row 'slow1x'").contains("slow10x").doesNotContain("\tat ");
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsMeasured(@TempDir Path folder) {
        assertThat(run(
                        "balance",
                        "--json",
                        folder.resolve("no/such/folder.json").toString()))
                .isEqualTo(2);
        assertThat(run("micro", "--json", folder.toString())).isEqualTo(2);
        assertThat(told()).contains("folder.json").contains("a file that can be written");
    }

    @Test
    void balancePrintsItsTableAndWritesTheFigures(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("balance.json");

        assertThat(run("balance", "--quick", "--rows", "fastfail", "--json", json.toString()))
                .isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("machine: ")
                .contains("fastfail")
                .contains("ours+retries");
        assertThat(Files.readString(json)).contains("\"machine\"").contains("\"name\":\"fastfail\"");
    }
}
