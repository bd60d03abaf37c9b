package io.tulle.testing.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** HTTP/1.1 responses as bytes, well-formed as far as the caller says (RFC 9112). */
public final class Http1 {
    /** The body of {@link #OK}. */
    public static final String BODY = "a book";

    /** A short good response on a connection that stays open. */
    public static final WireScript OK =
            exchange -> exchange.sendHead(head("200 OK", "Content-Length: " + BODY.length()))
                    .send(bytes(BODY));

    private Http1() {}

    /** Returns a response with a body of the right length. */
    public static WireScript status(String status, String... headers) {
        return exchange -> {
            String[] all = Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = "Content-Length: 0";
            exchange.sendHead(head(status, all));
        };
    }

    /** Returns a status line and headers, with the empty line that ends them. */
    public static byte[] head(String status, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return bytes(head.append("\r\n").toString());
    }

    /** Returns text as bytes, one per character. */
    public static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
