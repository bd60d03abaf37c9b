package io.tulle.client.observe;

import org.jspecify.annotations.Nullable;

/** Builds a JSON object on one line of printable text: control characters, line separators and lone surrogates are escaped. Not thread-safe. */
final class JsonLine {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder line = new StringBuilder(256).append('{');

    JsonLine text(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            line.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    JsonLine number(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** Adds a number, or null when it is 0. */
    JsonLine numberOrNull(String name, long value) {
        return value == 0 ? text(name, null) : number(name, value);
    }

    /** Adds nanoseconds as milliseconds with three digits after the point. */
    JsonLine millis(String name, long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        name(name).append(micros / 1000).append('.');
        line.append((char) ('0' + micros % 1000 / 100))
                .append((char) ('0' + micros % 100 / 10))
                .append((char) ('0' + micros % 10));
        return this;
    }

    JsonLine flag(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    /** Returns the finished line. */
    String end() {
        return line.append('}').toString();
    }

    private StringBuilder name(String name) {
        if (line.length() > 1) {
            line.append(',');
        }
        return line.append('"').append(name).append("\":");
    }

    private void quote(String value) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (Character.isSurrogate(c) ? lone(value, i) : unprintable(c)) {
                escape(c);
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    private static boolean lone(String value, int index) {
        char c = value.charAt(index);
        boolean paired = Character.isHighSurrogate(c)
                ? index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
        return !paired;
    }

    /** Control and format characters (those that reorder text, too) and the separators that some viewers break lines at. */
    private static boolean unprintable(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private void escape(char c) {
        line.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            line.append(HEX.charAt(c >> shift & 0xF));
        }
    }
}
