package io.tulle.client.codec;

/**
 * One thing that is wrong in a file.
 *
 * @param file the file's name as the reader was given it
 * @param line 1 for the first; 0 when the problem has no place in the file
 * @param column 1 for the first; 0 when the problem has no place in the file
 * @param pointer the field as a JSON pointer (RFC 6901) from the root of its document; empty for the file or the whole document
 * @param value what was found, without control characters
 * @param expected what would be valid
 */
public record Problem(String file, int line, int column, String pointer, String value, String expected) {
    private static final int MOST = 200;

    /** Shortens the value and escapes its control characters, so that a problem is one line of text. */
    public Problem {
        file = oneLine(file);
        pointer = oneLine(pointer);
        value = oneLine(value);
        expected = oneLine(expected);
    }

    /** Returns {@code file:line:column: pointer: value (expected: ...)}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + (pointer.isEmpty() ? "" : pointer + ": ") + value + " (expected: " + expected + ")";
    }

    private static String oneLine(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MOST));
        for (int i = 0; i < text.length() && i < MOST; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                clean.append(String.format("\\u%04x", (int) c));
            } else {
                clean.append(c);
            }
        }
        return text.length() > MOST ? clean.append("...").toString() : clean.toString();
    }
}
