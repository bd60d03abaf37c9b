package io.tulle.proofs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    private Path parent;

    @Test
    void itIsGoneWithAllThatIsInItWhenNobodyKeepsIt() throws IOException {
        try (Scratch scratch = Scratch.on(parent, "run-")) {
            scratch.keep(true);
            Files.writeString(
                    Files.createDirectory(scratch.folder().resolve("a")).resolve("log"), "fine");
            scratch.keep(false);
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aLogThatAnErrorPointsToIsStillThere() {
        assertThatThrownBy(this::runThatFails)
                .hasMessageStartingWith("see ")
                .satisfies(e -> assertThat(Path.of(e.getMessage().substring("see ".length())))
                        .hasContent("why"));
    }

    private void runThatFails() throws IOException {
        try (Scratch scratch = Scratch.on(parent, "run-")) {
            scratch.keep(true);
            throw new IllegalStateException(
                    "see " + Files.writeString(scratch.folder().resolve("log"), "why"));
        }
    }
}
