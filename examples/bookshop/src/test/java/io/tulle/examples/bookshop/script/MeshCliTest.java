package io.tulle.examples.bookshop.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.examples.bookshop.process.Manifests;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshCliTest {
    private final List<String> shown = new ArrayList<>();
    private final MeshCli cli = new MeshCli(URI.create("http://127.0.0.1:1"), shown::add);

    @Test
    void showsCommandAndAnswer(@TempDir Path folder) {
        new Manifests(folder).shop();

        cli.run("validate", folder.toString());

        assertThat(shown).startsWith("$ ./mesh validate " + folder).hasSizeGreaterThan(1);
    }

    @Test
    void aCommandThatFailsSaysWhatItWasAndWhy(@TempDir Path folder) {
        String file = new Manifests(folder).route(50, 50).toString();

        assertThatThrownBy(() -> cli.run("apply", "-f", file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("./mesh apply -f " + file + ": exit code 2: ")
                .hasMessageContaining("http://127.0.0.1:1");
    }
}
