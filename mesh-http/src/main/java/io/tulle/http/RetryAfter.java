package io.tulle.http;

import io.tulle.api.time.Instants;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;

/**
 * Reads {@code Retry-After} (RFC 9110 section 10.2.3): seconds, or a date, which is taken relative to the server's own {@code Date}. A number of seconds of
 * more than nine digits (thirty years), zeros before it not counted, asks not to be retried at all.
 */
final class RetryAfter {
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** Returns the wait in nanoseconds, {@link Instants#NEVER} for never, or -1 when the server does not ask for one or not readably. */
    static long nanos(Response response) {
        String value = response.header("Retry-After");
        if (value == null || value.isEmpty()) {
            return -1;
        }
        if (!digits(value)) {
            return untilDate(response);
        }
        int from = firstThatCounts(value);
        return value.length() - from > MOST_DIGITS
                ? Instants.NEVER
                : TimeUnit.SECONDS.toNanos(Long.parseLong(value, from, value.length(), 10));
    }

    private static int firstThatCounts(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return from;
    }

    private static boolean digits(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static long untilDate(Response response) {
        Instant until = response.headers().getInstant("Retry-After");
        return until == null
                ? -1
                : TimeUnit.MILLISECONDS.toNanos(
                        Math.max(0, until.toEpochMilli() - sent(response).toEpochMilli()));
    }

    /** Returns when the server has sent the response, by its own clock if it says so. */
    static Instant sent(Response response) {
        Instant said = response.headers().getInstant("Date");
        return said == null ? Instant.ofEpochMilli(response.receivedResponseAtMillis()) : said;
    }
}
