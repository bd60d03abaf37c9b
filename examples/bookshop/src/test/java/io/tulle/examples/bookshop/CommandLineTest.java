package io.tulle.examples.bookshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @Test
    void withoutOptionsIsTheFullDemo() {
        assertThat(DemoOptions.parse(List.of())).isEqualTo(new DemoOptions(false, false, false, null, 200, 9, 2000, 3));
    }

    @Test
    void readsEveryOption() {
        DemoOptions options = DemoOptions.parse(List.of(
                "--control",
                "--hold",
                "--json",
                "/tmp/a.json",
                "--rate",
                "50",
                "--phase-seconds",
                "3",
                "--split-calls",
                "200",
                "--instances",
                "2",
                "--help"));

        assertThat(options).isEqualTo(new DemoOptions(true, true, true, Path.of("/tmp/a.json"), 50, 3, 200, 2));
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        refuses("unknown option '--fast'", "--fast");
        refuses("--rate: 'many' (expected: 10..1000)", "--rate", "many");
        refuses("--rate: '0' (expected: 10..1000)", "--rate", "0");
        refuses("--json needs a value", "--json");
        refuses("--json needs a value", "--json", "--hold");
    }

    private static void refuses(String message, String... words) {
        assertThatThrownBy(() -> DemoOptions.parse(List.of(words)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void exitsWithTwoWhenItCannotBePlayed(@TempDir Path folder) {
        assertThat(Demo.run(List.of("--fast"))).isEqualTo(2);
        assertThat(Demo.run(
                        List.of("--json", folder.resolve("missing/result.json").toString())))
                .isEqualTo(2);
    }

    @Test
    void leavesAnEarlierResultAloneUntilThereIsANewOne(@TempDir Path folder) throws Exception {
        Path json = Files.writeString(folder.resolve("result.json"), "{}");
        Workspace.open(json).close();
        Workspace.open(folder.resolve("other.json")).close();

        assertThat(json).hasContent("{}");
        assertThat(folder.toFile().list()).containsExactly("result.json");
    }

    @Test
    void deletesWhatItCreates() throws Exception {
        Workspace workspace = Workspace.open(null);
        Files.writeString(workspace.manifests().resolve("a.yaml"), "a");
        workspace.close();

        assertThat(workspace.root()).doesNotExist();
    }
}
