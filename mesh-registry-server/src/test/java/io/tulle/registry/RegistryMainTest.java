package io.tulle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.registry.contract.ContractClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryMainTest {
    private static final int SIGTERM = 143;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 70000 | --port 70000 (expected: 0..65535)",
                "--port x | Invalid value for option '--port'",
                "--lease 0s | --lease 0s (expected: 1s..10m)",
                "--lease soon | (expected: a duration such as 250ms, 2s or 1m30s)",
                "--progress 5m | --progress 5m (expected: 100ms..1m)",
                "--host 0.0.0.0 | --host 0.0.0.0 is not a loopback address",
                "--dta x | --dta",
            })
    void saysInOneLineWhyItCannotStart(String arguments, String reason) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("mesh registry: ")
                .contains(reason);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--port", "" + taken.getLocalPort())).isEqualTo(2);
        }

        assertThat(err.toString().lines()).singleElement().asString().contains("cannot listen on port");
    }

    @Test
    void saysInOneLineThatTheFolderCannotBeUsed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(run("--port", "0", "--data", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains(file.toString());
    }

    @Test
    void runsUntilItIsToldToEnd(@TempDir Path data) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        RegistryMain.class.getName(),
                        "--port",
                        "0",
                        "--data",
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            String ready = lines.readLine();
            assertThat(ready).matches("registry ready at http://127\\.0\\.0\\.1:\\d+ \\(data in .*, after \\d+ ms\\)");
            URI registry = URI.create(ready.split(" ")[3]);
            assertThat(new ContractClient(registry).get("/api/v1/health/ready").status())
                    .isEqualTo(200);

            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(SIGTERM);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void trains() {
        assertThat(run("--train")).isZero();

        assertThat(out.toString() + err).isEmpty();
    }

    private int run(String... arguments) {
        return RegistryMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
