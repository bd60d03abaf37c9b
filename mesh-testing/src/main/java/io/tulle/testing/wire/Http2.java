package io.tulle.testing.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** HTTP/2 frames as bytes (RFC 9113), headers as literals that are never indexed and never compressed (RFC 7541, 6.2.2). */
public final class Http2 {
    /** Error code: the stream was not processed. */
    public static final int REFUSED_STREAM = 7;

    /** Error code: the server is at fault. */
    public static final int INTERNAL_ERROR = 2;

    /** Error code: no error, as in a graceful GOAWAY. */
    public static final int NO_ERROR = 0;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int END_STREAM = 1;
    static final int ACK = 1;

    private static final int END_HEADERS = 4;
    private static final int HEADER_LENGTH = 9;
    private static final int LARGEST_SHORT = 127;

    private Http2() {}

    /**
     * Returns a HEADERS frame.
     *
     * @param end whether nothing follows in this stream
     * @param fields name, value, name, value and so on; names in lower case
     */
    public static byte[] headers(int stream, boolean end, String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0x10); // literal, never indexed, new name
            string(block, fields[i]);
            string(block, fields[i + 1]);
        }
        return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block.toByteArray());
    }

    /** Returns a DATA frame. */
    public static byte[] data(int stream, boolean end, byte[] bytes) {
        return frame(DATA, end ? END_STREAM : 0, stream, bytes);
    }

    /** Returns a RST_STREAM frame. */
    public static byte[] resetStream(int stream, int code) {
        return frame(RST_STREAM, 0, stream, number(code));
    }

    /** Returns a GOAWAY frame: streams above {@code last} were not and will not be processed. */
    public static byte[] goAway(int last, int code) {
        return frame(
                GOAWAY,
                0,
                0,
                ByteBuffer.allocate(2 * Integer.BYTES).putInt(last).putInt(code).array());
    }

    /** Returns a WINDOW_UPDATE frame of the connection. */
    static byte[] window(int more) {
        return frame(WINDOW_UPDATE, 0, 0, number(more));
    }

    /** Returns any frame. */
    public static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(HEADER_LENGTH + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        int length = bytes.length;
        block.write(Math.min(length, LARGEST_SHORT));
        if (length >= LARGEST_SHORT) { // an integer with a prefix of 7 bits (RFC 7541, 5.1)
            int rest = length - LARGEST_SHORT;
            for (; rest >= 128; rest >>>= 7) {
                block.write(rest & 0x7f | 0x80);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }
}
