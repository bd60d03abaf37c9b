package io.tulle.cli.text;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Texts that somebody else wrote, made safe for a terminal: control and format characters, lone surrogates and the separators that some terminals break
 * lines at do not reach it.
 */
public final class Printable {
    private Printable() {}

    /** Returns {@code text} in one line, with {@code ?} for what is not printable. */
    public static String line(String text) {
        return replaced(text, Printable::unsafe, c -> "?");
    }

    /** Returns {@code text} with its line feeds, and {@code ?} for everything else that is not printable. */
    public static String lines(String text) {
        return replaced(text, c -> c != '\n' && unsafe(c), c -> "?");
    }

    /** Returns JSON with what is not printable escaped: the same value, because such characters can only stand in its texts. */
    public static String json(String json) {
        return replaced(json, c -> c != '\n' && unsafe(c), Printable::escaped);
    }

    private static String replaced(String text, IntPredicate bad, IntFunction<String> by) {
        if (text.codePoints().noneMatch(bad)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (bad.test(c)) {
                clean.append(by.apply(c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static String escaped(int codePoint) {
        StringBuilder escaped = new StringBuilder();
        for (char c : Character.toChars(codePoint)) {
            escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return escaped.toString();
    }

    private static boolean unsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
