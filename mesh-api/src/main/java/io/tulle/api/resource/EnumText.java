package io.tulle.api.resource;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Enum constants as they stand in files: {@code PEAK_EWMA} is {@code peakEwma}. */
public final class EnumText {
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
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(text)) {
                return constant;
            }
        }
        String known = Arrays.stream(type.getEnumConstants()).map(EnumText::of).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + text + "' (expected: one of " + known + ")");
    }
}
