package io.tulle.proofs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    private Path parent;

    private final List<String> said = new ArrayList<>();

    @Test
    void itIsGoneWithAllThatIsInItWhenNobodyKeepsIt() throws IOException {
        try (Scratch scratch = Scratch.on(parent, "run-")) {
            scratch.keep();
            Files.writeString(
                    Files.createDirectory(scratch.folder().resolve("a")).resolve("log"), "fine");
            assertThat(scratch.judged(true, said::add)).isTrue();
        }
        assertThat(parent).isEmptyDirectory();
        assertThat(said).isEmpty();
    }

    @Test
    void whatWasNotGoodIsStillThereAndSaysWhere() throws IOException {
        try (Scratch scratch = Scratch.on(parent, "run-")) {
            assertThat(scratch.judged(false, said::add)).isFalse();

            assertThat(said).containsExactly("kept: " + scratch.folder());
        }
        assertThat(parent).isNotEmptyDirectory();
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
            scratch.keep();
            throw new IllegalStateException(
                    "see " + Files.writeString(scratch.folder().resolve("log"), "why"));
        }
    }
}
