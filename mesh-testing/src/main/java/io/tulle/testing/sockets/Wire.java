package io.tulle.testing.sockets;

import io.tulle.testing.wire.Http1;
import io.tulle.testing.wire.Http2;
import io.tulle.testing.wire.WireScript;
import io.tulle.testing.wire.WireServer;
import java.nio.ByteBuffer;

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
        public byte[] unavailable(int stream) {
            return Http1.head("503 Service Unavailable", "Content-Length: 0");
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
            byte[] framed = ByteBuffer.allocate(5 + message.length)
                    .put((byte) 0)
                    .putInt(message.length)
                    .put(message)
                    .array();
            byte[] data = Http2.data(stream, false, framed);
            byte[] trailers = Http2.headers(stream, true, "grpc-status", "0");
            return ByteBuffer.allocate(data.length + trailers.length)
                    .put(data)
                    .put(trailers)
                    .array();
        }

        @Override
        public byte[] unavailable(int stream) {
            return Http2.headers(
                    stream, true, ":status", "200", "content-type", "application/grpc", "grpc-status", "14");
        }
    };

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
}
