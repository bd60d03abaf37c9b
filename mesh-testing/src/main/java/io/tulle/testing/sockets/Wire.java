package io.tulle.testing.sockets;

import io.tulle.testing.wire.Http1;
import io.tulle.testing.wire.Http2;
import io.tulle.testing.wire.WireExchange;
import io.tulle.testing.wire.WireScript;
import io.tulle.testing.wire.WireServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What is spoken between driver and server, with the same short response in each: 200, "a book". */
public enum Wire {
    /** HTTP/1.1. */
    HTTP1(WireServer.Speaks.HTTP1) {
        @Override
        public byte[] head(int stream) {
            return Http1.head("200 OK", "Content-Length: " + Http1.BODY.length());
        }

        @Override
        public byte[] rest(int stream) {
            return Http1.bytes(Http1.BODY);
        }

        @Override
        byte[][] large(int stream) {
            return new byte[][] {Http1.head("200 OK", "Content-Length: " + 2 * HALF.length), HALF, HALF};
        }

        @Override
        public byte[] unavailable(int stream) {
            return joined(
                    Http1.head("503 Service Unavailable", "Content-Length: " + Http1.BODY.length()),
                    Http1.bytes(Http1.BODY));
        }
    },

    /** HTTP/2 by prior knowledge. */
    HTTP2(WireServer.Speaks.HTTP2) {
        @Override
        public byte[] head(int stream) {
            return Http2.headers(stream, false, ":status", "200");
        }

        @Override
        public byte[] rest(int stream) {
            return Http2.data(stream, true, Http1.bytes(Http1.BODY));
        }

        @Override
        byte[][] large(int stream) {
            return new byte[][] {head(stream), Http2.data(stream, false, HALF), Http2.data(stream, true, HALF)};
        }

        @Override
        public byte[] unavailable(int stream) {
            return Http2.headers(stream, true, ":status", "503");
        }
    },

    /** gRPC on HTTP/2. */
    GRPC(WireServer.Speaks.HTTP2) {
        @Override
        public byte[] head(int stream) {
            return Http2.headers(stream, false, ":status", "200", "content-type", "application/grpc");
        }

        @Override
        public byte[] rest(int stream) {
            byte[] message = Http1.bytes(Http1.BODY);
            return joined(Http2.data(stream, false, joined(prefix(message.length), message)), trailers(stream));
        }

        @Override
        byte[][] large(int stream) {
            byte[] first = Http2.data(stream, false, joined(prefix(2 * HALF.length), HALF));
            return new byte[][] {head(stream), first, joined(Http2.data(stream, false, HALF), trailers(stream))};
        }

        private static byte[] prefix(int length) {
            return ByteBuffer.allocate(1 + Integer.BYTES)
                    .put((byte) 0)
                    .putInt(length)
                    .array();
        }

        private static byte[] trailers(int stream) {
            return Http2.headers(stream, true, "grpc-status", "0");
        }

        @Override
        public byte[] unavailable(int stream) {
            return Http2.headers(
                    stream, true, ":status", "200", "content-type", "application/grpc", "grpc-status", "14");
        }
    };

    /** Of a response that is too large to come together with its head. */
    private static final byte[] HALF = new byte[10_000];

    private final WireServer.Speaks speaks;

    Wire(WireServer.Speaks speaks) {
        this.speaks = speaks;
    }

    /** Returns what the server must speak. */
    public WireServer.Speaks speaks() {
        return speaks;
    }

    /** Returns the head of the good response. */
    public abstract byte[] head(int stream);

    /** Returns what follows the head of the good response. */
    public abstract byte[] rest(int stream);

    /** Returns a complete response that says: not now (503, in gRPC UNAVAILABLE without a head). */
    public abstract byte[] unavailable(int stream);

    /** Answers with the good response. */
    public WireScript ok() {
        return exchange -> exchange.sendHead(head(exchange.stream())).send(rest(exchange.stream()));
    }

    /** Returns the head and two parts of a good response of 20,000 bytes. */
    abstract byte[][] large(int stream);

    /** Answers with a good response of 20,000 bytes, with a pause in the middle. */
    void large(WireExchange exchange, Duration pause) throws IOException {
        byte[][] parts = large(exchange.stream());
        exchange.sendHead(parts[0]).send(parts[1]).pause(pause).send(parts[2]);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
