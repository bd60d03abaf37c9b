package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidFileExceptionTest {
    @Test
    void problemsAreInTheOrderOfFilesLinesAndColumns() {
        Problem last = at("b.yaml", 1, 1);
        Problem third = at("a.yaml", 10, 2);
        Problem second = at("a.yaml", 9, 30);
        Problem first = at("a.yaml", 9, 4);

        InvalidFileException exception = new InvalidFileException(List.of(last, third, second, first));

        assertThat(exception.problems()).containsExactly(first, second, third, last);
        assertThat(exception).hasMessageStartingWith("a.yaml:9:4: ");
    }

    private static Problem at(String file, int line, int column) {
        return new Problem(file, line, column, "", "x", "y");
    }
}
