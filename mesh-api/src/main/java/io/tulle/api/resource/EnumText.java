package io.tulle.api.resource;

import java.util.Locale;
import java.util.regex.Pattern;

/** Enum constants as they stand in files: {@code PEAK_EWMA} is {@code peakEwma}. */
public final class EnumText {
    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private EnumText() {}

    /** Returns the text of a constant. */
    public static String of(Enum<?> constant) {
        String[] words = constant.name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder text = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            text.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return text.toString();
    }

    /**
     * Returns the constant of {@code type} whose text is {@code text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String text) {
        E constant = Enum.valueOf(type, HUMP.matcher(text).replaceAll("$1_$2").toUpperCase(Locale.ROOT));
        if (!of(constant).equals(text)) {
            throw new IllegalArgumentException("'" + text + "' (expected: " + of(constant) + ")");
        }
        return constant;
    }
}
