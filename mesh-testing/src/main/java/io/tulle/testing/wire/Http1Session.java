package io.tulle.testing.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one HTTP/1.1 request after the other and has each answered before the next is read. */
final class Http1Session {
    private final InputStream in;

    private Http1Session(InputStream in) {
        this.in = in;
    }

    static void serve(WireServer server, WireConnection connection) throws IOException {
        Http1Session session = new Http1Session(connection.in());
        for (String head = session.head(); head != null; head = session.head()) {
            session.skipBody(head.toLowerCase(Locale.ROOT));
            server.arrived().answer(new WireExchange(connection, 0, head));
        }
    }

    /** Returns request line and headers, or null at the end of the stream. */
    private @Nullable String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                return head.toString();
            }
            head.append(line).append('\n');
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (read == '\n') {
                return line.toString(ISO_8859_1).stripTrailing();
            }
            line.write(read);
        }
        return null;
    }

    private void skipBody(String head) throws IOException {
        if (head.contains("\ntransfer-encoding: chunked")) {
            while (skipChunk()) {
                // until the last, which is empty
            }
            return;
        }
        String field = "\ncontent-length:";
        int at = head.indexOf(field);
        if (at >= 0) {
            int from = at + field.length();
            in.skipNBytes(Long.parseLong(
                    head.substring(from, head.indexOf('\n', from)).strip()));
        }
    }

    private boolean skipChunk() throws IOException {
        String size = line();
        if (size == null) {
            throw new EOFException("the client ended inside a chunked body");
        }
        int length = Integer.parseInt(size, 16);
        in.skipNBytes(length);
        line();
        return length > 0;
    }
}
