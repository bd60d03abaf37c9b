package io.tulle.benchmarks.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadsTest {
    private static final String HEAD = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 26, 27, 1000})
    void headsAreCountedHoweverTheyArrive(int atOnce) throws IOException {
        HttpAnswers.RequestHeads heads = new HttpAnswers.RequestHeads(pieces(HEAD.repeat(3), atOnce));

        assertThat(heads.next()).isTrue();
        assertThat(heads.next()).isTrue();
        assertThat(heads.next()).isTrue();
        assertThat(heads.next()).isFalse();
    }

    @Test
    void manyHeadsPassThroughASmallBuffer() throws IOException {
        HttpAnswers.RequestHeads heads = new HttpAnswers.RequestHeads(pieces(HEAD.repeat(10_000), HEAD.length()));
        int count = 0;
        while (heads.next()) {
            count++;
        }

        assertThat(count).isEqualTo(10_000);
    }

    @Test
    void aHeadWithoutAnEndIsRefused() {
        HttpAnswers.RequestHeads heads = new HttpAnswers.RequestHeads(pieces("a".repeat(20_000), 1000));

        assertThatThrownBy(heads::next).isInstanceOf(IOException.class).hasMessageContaining("16384");
    }

    /** Returns a stream that gives so many bytes at once. */
    private static InputStream pieces(String text, int atOnce) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, atOnce));
            }
        };
    }
}
