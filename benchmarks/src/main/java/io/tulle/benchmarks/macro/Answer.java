package io.tulle.benchmarks.macro;

import java.nio.charset.StandardCharsets;

/** The answer to every request: 100 bytes of JSON that name the backend. */
final class Answer {
    static final int LENGTH = 100;
    static final int OK = 200;

    private static final String END = "\"}";

    private Answer() {}

    /** Returns the answer of the backend with this number, 0..9. */
    static byte[] of(int backend) {
        StringBuilder text = new StringBuilder("{\"backend\":").append(backend).append(",\"title\":\"");
        while (text.length() < LENGTH - END.length()) {
            text.append((char) ('a' + text.length() % 26));
        }
        return text.append(END).toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Returns {@code body}.
     *
     * @throws IllegalStateException if it has not the length of an answer
     */
    static byte[] checked(byte[] body) {
        if (body.length != LENGTH) {
            throw new IllegalStateException("answer of " + body.length + " bytes (expected: " + LENGTH + ")");
        }
        return body;
    }
}
