package io.tulle.client.codec;

import io.tulle.api.resource.Durations;
import io.tulle.api.resource.EnumText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns scalars into strings, numbers, booleans, durations and enum constants. Confined to one thread. */
final class ScalarBinder {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");

    private final Problems problems;

    ScalarBinder(Problems problems) {
        this.problems = problems;
    }

    /** Returns the value, or null after adding a problem. */
    @Nullable
    Object bind(Class<?> type, Node node, String pointer) {
        String expected = expected(type);
        if (!(node instanceof Node.Scalar scalar) || scalar.type() != form(type)) {
            boolean unquoted = node instanceof Node.Scalar scalar
                    && form(type) == Node.Type.TEXT
                    && scalar.type() != Node.Type.NULL;
            problems.add(node, pointer, node.describe(), unquoted ? expected + ", in quotes" : expected);
            return null;
        }
        Object value = parse(type, scalar.text());
        if (value == null) {
            problems.add(node, pointer, node.describe(), expected + hint(type, scalar.text()));
        }
        return value;
    }

    private static String hint(Class<?> type, String text) {
        if (type.isEnum()) {
            return near(text, type);
        }
        if (!WHOLE.matcher(text).matches()) {
            return "";
        } else if (type == int.class || type == Integer.class) {
            return " from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
        }
        return type == long.class || type == Long.class ? " from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE : "";
    }

    private static boolean whole(Class<?> type) {
        return type == int.class || type == Integer.class || type == long.class || type == Long.class;
    }

    private static Node.Type form(Class<?> type) {
        if (whole(type) || type == double.class || type == Double.class) {
            return Node.Type.NUMBER;
        }
        return type == boolean.class || type == Boolean.class ? Node.Type.BOOLEAN : Node.Type.TEXT;
    }

    private static String expected(Class<?> type) {
        if (whole(type)) {
            return "a whole number";
        } else if (type == double.class || type == Double.class) {
            return "a number";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == Duration.class) {
            return "a duration such as 250ms, 2s or 1m30s";
        } else if (type.isEnum()) {
            return "one of " + String.join(", ", constants(type));
        }
        return "a text";
    }

    private static @Nullable Object parse(Class<?> type, String text) {
        try {
            if (type == String.class) {
                return text;
            } else if (type == int.class || type == Integer.class) {
                return Integer.valueOf(text);
            } else if (type == long.class || type == Long.class) {
                return Long.valueOf(text);
            } else if (type == double.class || type == Double.class) {
                Double value = Double.valueOf(text);
                return value.isInfinite() || value.isNaN() ? null : value;
            } else if (type == boolean.class || type == Boolean.class) {
                return Boolean.valueOf(text);
            } else if (type == Duration.class) {
                return Durations.parse(text);
            } else if (type.isEnum()) {
                return constant(type, text);
            }
        } catch (IllegalArgumentException e) { // NumberFormatException is one, too
            return null;
        }
        throw new IllegalStateException(type + ": components of this type are not supported");
    }

    private static @Nullable Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (EnumText.of((Enum<?>) constant).equals(text)) {
                return constant;
            }
        }
        return null;
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> EnumText.of((Enum<?>) constant))
                .toList();
    }

    private static String near(String text, Class<?> type) {
        return Names.suggestion(text, constants(type));
    }
}
