package io.tulle.registry.resource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the next page of a list begins. It travels as text that nobody but the registry reads.
 *
 * @param epoch of the data that the list is of
 * @param revision of the list
 * @param query what was asked for, so that a token is not used for another list
 * @param after the key of the last resource on the page before
 */
record PageToken(String epoch, long revision, String query, String after) {
    private static final String FORMAT = "1";
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 5;

    /** Returns the token as text for a URL. */
    String text() {
        String plain = String.join(SEPARATOR, FORMAT, epoch, Long.toString(revision), after, query);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the token that {@code text} is.
     *
     * @throws IllegalArgumentException if it is none
     */
    static PageToken parse(String text) {
        String[] parts = decoded(text).split(SEPARATOR, PARTS);
        if (parts.length != PARTS || !parts[0].equals(FORMAT) || !parts[2].matches("[1-9]\\d{0,17}")) {
            throw refused(text);
        }
        return new PageToken(parts[1], Long.parseLong(parts[2]), parts[4], parts[3]);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(refused(text).getMessage(), e);
        }
    }

    private static IllegalArgumentException refused(String text) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return new IllegalArgumentException(
                "'" + shown + "' (expected: the 'continue' of the page before, as it was given)");
    }
}
