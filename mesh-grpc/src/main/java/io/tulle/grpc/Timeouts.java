package io.tulle.grpc;

import org.jspecify.annotations.Nullable;

/** Times that are left as {@code grpc-timeout} says them. Nearly every call of a channel has its rule's whole time left, so the last text is kept. Thread-safe. */
final class Timeouts {
    private static final int MOST_DIGITS = 8;
    private static final long MOST = 99_999_999;

    private record Said(String millis, String text) {}

    private volatile @Nullable Said last;

    /** Returns a number of milliseconds as the header has it; what is longer than three years is three years. */
    String of(String millis) {
        Said known = last;
        if (known != null && known.millis.equals(millis)) {
            return known.text;
        }
        String text = text(millis);
        last = new Said(millis, text);
        return text;
    }

    private static String text(String millis) {
        if (millis.length() <= MOST_DIGITS) {
            return millis + "m";
        }
        long seconds = Long.parseLong(millis) / 1000 + 1; // rather more: the caller gives up by itself
        return Math.min(seconds, MOST) + "S";
    }
}
