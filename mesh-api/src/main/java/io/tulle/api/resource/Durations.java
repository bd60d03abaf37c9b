package io.tulle.api.resource;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as they stand in files: {@code 250ms}, {@code 2s}, {@code 1m30s}, {@code 1h}. The grammar is that of the Gateway API (GEP-2257): one to
 * four groups of a whole number and {@code h}, {@code m}, {@code s} or {@code ms}, largest unit first.
 */
public final class Durations {
    private static final Pattern GRAMMAR =
            Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,5})s)?(?:(\\d{1,5})ms)?");

    private Durations() {}

    /**
     * Parses a duration.
     *
     * @throws IllegalArgumentException if {@code text} does not follow the grammar
     */
    public static Duration parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' (expected: a duration such as 250ms, 2s or 1m30s)");
        }
        return Duration.ofHours(group(matcher, 1))
                .plusMinutes(group(matcher, 2))
                .plusSeconds(group(matcher, 3))
                .plusMillis(group(matcher, 4));
    }

    /** Returns the shortest text that parses to {@code duration}, after a '-' when it is negative; parts below a millisecond are dropped. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            return "-" + format(duration.negated());
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }

    private static long group(Matcher matcher, int index) {
        String digits = matcher.group(index);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
