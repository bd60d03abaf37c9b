package io.tulle.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.client.codec.PlainJson;
import org.junit.jupiter.api.Test;

class PrintableTest {
    private static final String WILD = "a\u001b[2J\r\n\u009b\u202e\u2028\ud800b\u00e4\ud83d\ude00\udb40\udc01\t";

    @Test
    void aLineHasNothingThatMovesTheCursorOrTurnsTextAround() {
        assertThat(Printable.line(WILD)).isEqualTo("a?[2J??????b\u00e4\ud83d\ude00??");
        assertThat(Printable.lines(WILD)).isEqualTo("a?[2J?\n????b\u00e4\ud83d\ude00??");
        assertThat(Printable.line("plain")).isSameAs("plain".intern());
    }

    @Test
    void jsonIsTheSameValueAfterwards() {
        String json = PlainJson.write(WILD.replace("\ud800", ""));
        assertThat(Printable.json(json)).doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\u2028].*");
        assertThat(PlainJson.read("x", Printable.json(json))).isEqualTo(WILD.replace("\ud800", ""));
    }
}
