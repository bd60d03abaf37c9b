package io.tulle.proofs.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port that stays free while the registry that has it is down: below those that systems give to whoever asks for any. */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    private FreePort() {}

    /** Returns a port of the loopback address; two processes that look at the same time begin at different ones. */
    public static int find() {
        int begin = (int) (ProcessHandle.current().pid() % COUNT);
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + (begin + i) % COUNT;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no port is free (expected: one of " + FIRST + ".." + (FIRST + COUNT - 1) + ")");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
