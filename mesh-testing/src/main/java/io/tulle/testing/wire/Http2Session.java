package io.tulle.testing.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Reads the frames of a connection, answers what the protocol demands, and has each request answered when it is complete, and when the client has acknowledged the
 * settings: from then on it has nothing to write while it waits, and a reset cannot hide what was sent before.
 */
final class Http2Session {
    private static final int PREFACE = 24;
    private static final int INITIAL_WINDOW = 65_535;

    private final WireServer server;
    private final WireConnection connection;
    private final DataInputStream in;
    private final Queue<Integer> waiting = new ArrayDeque<>();
    private boolean acknowledged;

    private Http2Session(WireServer server, WireConnection connection) {
        this.server = server;
        this.connection = connection;
        in = new DataInputStream(connection.in());
    }

    static void serve(WireServer server, WireConnection connection) throws IOException {
        Http2Session session = new Http2Session(server, connection);
        session.in.skipNBytes(PREFACE);
        connection.write(Http2.frame(Http2.SETTINGS, 0, 0, new byte[0]));
        connection.write(Http2.window(Integer.MAX_VALUE - INITIAL_WINDOW)); // for all that the client will ever send
        while (session.frame()) {
            // until the client ends
        }
    }

    private boolean frame() throws IOException {
        int length;
        try {
            length = in.readUnsignedByte() << 16;
        } catch (EOFException e) {
            return false;
        }
        length |= in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        received(type, flags, stream, in.readNBytes(length));
        return true;
    }

    private void received(int type, int flags, int stream, byte[] payload) throws IOException {
        switch (type) {
            case Http2.SETTINGS -> settings((flags & Http2.ACK) != 0);
            case Http2.PING -> {
                if ((flags & Http2.ACK) == 0) {
                    connection.write(Http2.frame(Http2.PING, Http2.ACK, 0, payload));
                }
            }
            case Http2.HEADERS, Http2.DATA -> {
                if ((flags & Http2.END_STREAM) != 0) {
                    waiting.add(stream);
                    answer();
                }
            }
            case Http2.RST_STREAM -> server.streamReset();
            default -> {
                // windows, priorities and farewells change nothing here
            }
        }
    }

    private void settings(boolean acknowledgement) throws IOException {
        if (acknowledgement) {
            acknowledged = true;
            answer();
        } else {
            connection.write(Http2.frame(Http2.SETTINGS, Http2.ACK, 0, new byte[0]));
        }
    }

    private void answer() throws IOException {
        while (acknowledged && !waiting.isEmpty()) {
            server.arrived().answer(new WireExchange(connection, waiting.remove(), ""));
        }
    }
}
