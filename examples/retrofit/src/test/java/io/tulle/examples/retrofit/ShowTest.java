package io.tulle.examples.retrofit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShowTest {
    private static final Path BOOKS = Path.of("src/main/java/io/tulle/examples/retrofit/Books.java");

    @Test
    void theBookComesFromTheCatalogThatIsInOrder() throws IOException {
        assertThat(printed()).containsExactly("Effective Java", "the catalogs were asked 2 times");
    }

    @Test
    void whatAnApplicationWritesIsShort() throws IOException {
        assertThat(Files.readAllLines(BOOKS)).hasSizeLessThanOrEqualTo(40);
    }

    private static String[] printed() throws IOException {
        PrintStream screen = System.out;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        System.setOut(new PrintStream(lines, true, StandardCharsets.UTF_8));
        try {
            Show.main(new String[0]);
        } finally {
            System.setOut(screen);
        }
        return lines.toString(StandardCharsets.UTF_8).split("\\R");
    }
}
