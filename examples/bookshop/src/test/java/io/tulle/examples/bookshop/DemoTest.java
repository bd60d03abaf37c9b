package io.tulle.examples.bookshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole demo, with real processes, made short: few calls, two instances of each kind, a second per step. */
class DemoTest {
    private static final int PROCESSES = 10; // two storefronts, four times two backends; the registry comes on top

    @TempDir
    private Path folder;

    private Process demo;
    private List<ProcessHandle> children = List.of();

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName(),
                "--rate",
                "80",
                "--instances",
                "2",
                "--phase-seconds",
                "1",
                "--split-calls",
                "100"));
        command.addAll(List.of(options));
        File output = folder.resolve("output.txt").toFile();
        demo = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    private void awaitAllChildren(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> demo.descendants().count() == count);
        children = demo.descendants().toList();
    }

    private void assertNoChildIsLeft() {
        await().atMost(Duration.ofSeconds(10)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @AfterEach
    void killWhatATestLeft() {
        demo.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // a minute or so on a quiet machine; it starts sixteen JVMs
    void playsTheScriptWithoutAFailedRequest() throws Exception {
        Path json = folder.resolve("result.json");
        start("--json", json.toString());
        awaitAllChildren(PROCESSES + 1);

        assertThat(demo.waitFor(240, TimeUnit.SECONDS)).isTrue();

        assertThat(demo.exitValue()).as(output()).isZero();
        assertThat(output()).contains("20 of 20 splits").doesNotContain("\u001b", "\r");
        JsonNode result = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(result.get("failed").asLong()).isZero();
        assertThat(result.get("phases").size()).isEqualTo(20);
        assertThat(result.get("phases").get(3).get("split").get("catalog/v2").asDouble())
                .isEqualTo(1);
        assertThat(result.get("phases").get(4).get("name").asString()).isEqualTo("kill -9");
        assertThat(result.get("phases")).allSatisfy(phase -> {
            assertThat(phase.get("requests").asLong()).isPositive();
            assertThat(phase.get("failed").asLong()).isZero();
            assertThat(phase.get("lost")).isEmpty();
        });
        assertThat(result.get("phases").get(16).get("remark").asString())
                .matches("storefront-3 served [1-9]\\d* pages");
        assertThat(result.get("phases").get(18).get("remark").asString()).startsWith("all 5 instances had registered");
        assertNoChildIsLeft();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("output.txt", "result.json");
    }

    @Test
    void leavesNoProcessBehindWhenItIsKilled() throws Exception {
        start();
        awaitAllChildren(PROCESSES + 1);

        demo.destroyForcibly();

        assertNoChildIsLeft();
    }

    @Test
    void leavesNothingBehindWhenItIsInterrupted() throws Exception {
        start("--hold", "--control");
        awaitAllChildren(PROCESSES);

        demo.destroy();

        assertThat(demo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertNoChildIsLeft();
        assertThat(output()).doesNotContain("Exception");
        assertThat(folder.toFile().list()).containsExactly("output.txt");
    }
}
