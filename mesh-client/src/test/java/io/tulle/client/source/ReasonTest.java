package io.tulle.client.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReasonTest {
    private static final Path FOLDER = Path.of("/mesh");

    @Test
    void isWordsAndNamesNoPathTwice() {
        assertThat(Reason.of(new AccessDeniedException("/mesh"), FOLDER)).isEqualTo("permission denied");
        assertThat(Reason.of(new AccessDeniedException("/mesh/a"), FOLDER)).isEqualTo("/mesh/a: permission denied");
        assertThat(Reason.of(new NoSuchFileException("/mesh"), FOLDER)).isEqualTo("the link leads to nothing");
        assertThat(Reason.of(new FileSystemException("/mesh", null, "Too many levels"), FOLDER))
                .isEqualTo("Too many levels");
        assertThat(Reason.of(new IOException("input/output error"), FOLDER)).isEqualTo("input/output error");
        assertThat(Reason.of(new IOException(), FOLDER)).isEqualTo("java.io.IOException");
    }
}
