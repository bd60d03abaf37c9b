package io.tulle.examples.bookshop.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds a port to listen on that stays free while nobody listens: it is below those that systems give to outgoing connections. */
final class FreePort {
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    private FreePort() {}

    /** Returns a port of the loopback address; two processes that look at the same time begin at different ones. */
    static int find() {
        int begin = (int) (ProcessHandle.current().pid() % COUNT);
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + (begin + i) % COUNT;
            if (free(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no port is free (expected: one of " + FIRST + ".." + (FIRST + COUNT - 1) + ")");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
