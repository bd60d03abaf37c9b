package io.tulle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.cli.admin.Console;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DiffCommandTest extends AgainstFakeRegistry {
    @Test
    void diffSaysEachFieldAndExitsWithOne() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), ROUTE_FILE);
        registry.on("GET " + SHOP + "routes/catalog", 200, ROUTE);
        Ran ran = shop("diff", "-f", file);
        assertThat(ran.out().lines())
                .containsExactly(
                        "--- shop route/catalog (registry, version 17)",
                        "+++ shop route/catalog (" + file + ":1)",
                        "@@ /spec/rules/0/destinations/0/weight @@",
                        "-90",
                        "+50",
                        "@@ /spec/rules/0/destinations/1/weight @@",
                        "-10",
                        "+50");
        assertThat(ran.code()).isEqualTo(1);
        Files.writeString(
                file, ROUTE_FILE.replace("weight: 50}, {", "weight: 90}, {").replace("weight: 50}]", "weight: 10}]"));
        assertThat(shop("diff", "-f", file)).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void diffIsColouredForATerminalOnly() {
        StringWriter out = new StringWriter();
        Console console = new Console(
                new ByteArrayInputStream("kind: Service\nmetadata: {name: a}\n".getBytes(StandardCharsets.UTF_8)),
                Map.of("MESH_REGISTRY", registry.url())::get);
        CommandLine command = MeshCommand.commandLine(console).setOut(new PrintWriter(out));
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.ON));
        command.execute("diff", "-f", "-");
        assertThat(out.toString()).contains("\u001b[32m+kind: Service\u001b[m");
    }

    @Test
    void diffOfWhatIsNewIsAllOfIt() {
        Ran ran = Ran.with(
                Map.of("MESH_REGISTRY", registry.url()), "kind: Service\nmetadata: {name: a}\n", "diff", "-f", "-");
        assertThat(ran.out())
                .startsWith(
                        "--- default service/a (not in the registry)\n+++ default service/a (standard input:1)\n+kind: Service\n")
                .contains("+  protocol: http\n");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void diffThatCannotSayIsExitCodeTwo() {
        assertThat(Ran.with(Map.of("MESH_REGISTRY", registry.url()), "kind: Servize\n", "diff", "-f", "-")
                        .code())
                .isEqualTo(2);
    }
}
