package io.tulle.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonComplaintTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ // a comment\n}",
                "# a comment\n{}",
                "{'a': 1}",
                "{a: 1}",
                "[NaN]",
                "[+1]",
                "[.5]",
                "[1.]",
                "[007]",
                "[1,]",
                "{\"a\": \"\\q\"}",
                "{\"a\": \"\t\"}",
                "{\"a\": [1",
                "[1 2]",
                "[INF]",
                "{\"a\"",
                "]"
            })
    void saysNothingAboutTheParser(String json) {
        Throwable thrown = catchThrowable(() -> ResourceReader.read("a.json", json.getBytes(StandardCharsets.UTF_8)));
        assertThat(thrown).isInstanceOf(InvalidFileException.class);
        assertThat(thrown.getMessage())
                .matches("a\\.json:\\d+:\\d+: not JSON: .{10,} \\(expected: valid JSON\\)")
                .doesNotContain("Feature", "enable", "ALLOW_", "[Source", "REDACTED", "#UNKNOWN");
    }
}
