package io.tulle.cli.text;

/**
 * Colours, or none.
 *
 * @param on whether the output goes to a terminal that wants them
 */
public record Palette(boolean on) {
    /** Returns {@code text} in the colour of what is new. */
    public String added(String text) {
        return painted("32", text);
    }

    /** Returns {@code text} in the colour of what is gone. */
    public String removed(String text) {
        return painted("31", text);
    }

    /** Returns {@code text} in the colour of a place. */
    public String place(String text) {
        return painted("36", text);
    }

    private String painted(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[m" : text;
    }
}
