package io.tulle.testing.wire;

import java.io.IOException;
import java.time.Duration;

/** One request that has arrived, and the connection to answer it on. Confined to the connection's thread. */
public final class WireExchange {
    private final WireConnection connection;
    private final int stream;
    private final String head;

    WireExchange(WireConnection connection, int stream, String head) {
        this.connection = connection;
        this.stream = stream;
        this.head = head;
    }

    /** Returns the HTTP/2 stream of the request; 0 in HTTP/1. */
    public int stream() {
        return stream;
    }

    /** Returns the request's line and headers as they came; empty in HTTP/2, whose headers this server does not decode. */
    public String head() {
        return head;
    }

    /** Returns the connection's number, 1 for the first that the server has accepted. */
    public int connection() {
        return connection.number();
    }

    /** Sends bytes at once. */
    public WireExchange send(byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            connection.write(part);
        }
        return this;
    }

    /** Sends what completes the response's head, and notes how far the connection had come with it. */
    public WireExchange sendHead(byte[] part) throws IOException {
        connection.expectHeadEnd(part.length);
        connection.write(part);
        return this;
    }

    /** Sends one byte after the other with a pause after each; ends early when the connection is over. */
    public WireExchange drip(byte[] bytes, Duration pause) throws IOException {
        for (byte single : bytes) {
            connection.write(new byte[] {single});
            connection.pause(pause);
        }
        return this;
    }

    /** Waits; ends early when the connection is over. */
    public WireExchange pause(Duration time) throws IOException {
        connection.pause(time);
        return this;
    }

    /** Ends the connection by a reset (RST): what has been sent may reach the client, nothing else will. */
    public void reset() throws IOException {
        connection.reset();
    }

    /** Ends the connection in order (FIN). */
    public void close() throws IOException {
        connection.close();
    }

    /** Says that nothing more will be sent (FIN), but goes on reading. */
    public void halfClose() throws IOException {
        connection.halfClose();
    }
}
