package io.tulle.client.observe;

import java.util.Locale;
import java.util.Set;

/** Values of labels and fields: each from a bounded set, or of bounded length. */
final class Labels {
    static final String UNKNOWN = "UNKNOWN";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    private static final String[] STATUSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private static final int LONGEST = 2048;

    private Labels() {}

    /** Returns a method of RFC 9110 or RFC 5789 as it is, any other as {@code OTHER}. */
    static String method(String method) {
        return knownMethod(method) ? method : "OTHER";
    }

    /** Returns whether it is a method of RFC 9110 or RFC 5789. */
    static boolean knownMethod(String method) {
        return METHODS.contains(method);
    }

    /** Returns the first 2048 characters. */
    static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** Returns 1 to 5, or 0 when there is no status. */
    static int statusClass(int status) {
        return status < 100 || status > 599 ? 0 : status / 100;
    }

    /** Returns the label of a {@link #statusClass}. */
    static String status(int statusClass) {
        return STATUSES[statusClass];
    }

    /** Returns a constant in lower case. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns {@code none} for nothing: some registries drop empty labels. */
    static String orNone(String value) {
        return value.isEmpty() ? "none" : value;
    }
}
