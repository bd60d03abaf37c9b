package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file under {@code bad} is refused, and the message has each line of the {@code .expected} file beside it. */
class BadFilesTest {
    static Stream<String> files() throws IOException, URISyntaxException {
        try (Stream<Path> paths = Files.list(folder())) {
            return paths
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.endsWith(".expected"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedWithItsPlace(String name) throws IOException, URISyntaxException {
        Path file = folder().resolve(name);
        Throwable thrown = catchThrowable(() -> ResourceReader.read(name, Files.readAllBytes(file)));
        assertThat(thrown).isInstanceOf(InvalidFileException.class);
        List<String> expected = Files.readAllLines(folder().resolve(name + ".expected"));
        assertThat(expected).isNotEmpty();
        assertThat(thrown).message().contains(expected);
        assertThat(((InvalidFileException) thrown).problems())
                .allSatisfy(problem -> assertThat(problem.file()).isEqualTo(name));
    }

    @Test
    void theCorpusIsThere() throws IOException, URISyntaxException {
        assertThat(files().count()).isGreaterThan(40);
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(BadFilesTest.class.getResource("/bad")).toURI());
    }
}
