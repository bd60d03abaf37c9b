package io.tulle.examples.bookshop.report;

import java.util.List;

/** Colours, bars and curves, as far as a terminal can show them. Immutable. */
final class Ink {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final String ASCII_BLOCKS = ".:-=+*%#";
    private static final double SHORTEST_BAR_MILLIS = 10;

    private final boolean colours;
    private final boolean unicode;

    Ink(Terminal terminal) {
        this(terminal.colours(), terminal.unicode());
    }

    Ink(boolean colours, boolean unicode) {
        this.colours = colours;
        this.unicode = unicode;
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("1;31", text);
    }

    String warn(String text) {
        return paint("33", text);
    }

    String strong(String text) {
        return paint("1", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** A bar for a latency: two more characters for each doubling above 10 ms, so that 30 ms and 2 s fit side by side. */
    String bar(double millis, int width) {
        int length = millis <= SHORTEST_BAR_MILLIS
                ? 1
                : 1 + (int) Math.round(2 * Math.log(millis / SHORTEST_BAR_MILLIS) / Math.log(2));
        String full = (unicode ? "█" : "#").repeat(Math.min(width, length));
        return full + " ".repeat(width - Math.min(width, length));
    }

    /** A curve of one character per value, on a scale from 0 to {@code top}. */
    String curve(List<Double> values, double top) {
        String blocks = unicode ? BLOCKS : ASCII_BLOCKS;
        StringBuilder text = new StringBuilder();
        for (double value : values) {
            int level = (int) (value / top * blocks.length());
            text.append(blocks.charAt(Math.max(0, Math.min(blocks.length() - 1, level))));
        }
        return text.toString();
    }

    String arrow() {
        return unicode ? "▶" : ">";
    }
}
