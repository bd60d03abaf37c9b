package io.tulle.testing.sockets;

import io.tulle.client.Mesh;
import io.tulle.testing.tck.Seen;
import io.tulle.testing.wire.WireServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a driver's tests implement to run ring 2 on it: the application's side of the driver, over the real client library. */
public interface SocketDriver {
    /** The service that is called. */
    String SERVICE = "shop";

    /** Returns what tables call it, such as {@code OkHttp execute}. */
    String title();

    /** Returns what it speaks to a server that speaks {@code protocol}; null if nothing. */
    @Nullable
    Wire wire(WireServer.Speaks protocol);

    /** Returns whether the client library leaves a connection to its idle timeout now and then when a call is cancelled; then a few are no leak of the driver's. */
    default boolean leavesConnections() {
        return false;
    }

    /** Returns how long a call's end, and that of every connection, is waited for; 20 s, which only a driver that is known to be wrong need shorten. */
    default Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** Makes a client of {@code mesh} that speaks {@code wire} without TLS. */
    Client connect(Mesh mesh, Wire wire);

    /** A client. Thread-safe. */
    interface Client extends AutoCloseable {
        /** Starts a call to {@link #SERVICE} and returns without waiting for it. */
        Running start(SocketCall call);

        /** Closes what the driver itself has opened; the mesh is closed by whoever built it. */
        @Override
        void close();
    }

    /**
     * A call that was started. Thread-safe as far as the client library is: any thread may {@link #cancel} or {@link #close} at any time, one thread at a time
     * waits. Waiting is bounded; a call that hangs is an AssertionError.
     */
    interface Running {
        /** Gives the call up. */
        void cancel();

        /** Waits for the response's head or the call's failure, and returns whether there is a response. */
        boolean awaitHead();

        /** Waits for the response's end or the call's failure, reading the response, and returns what an application sees. */
        Seen awaitEnd();

        /** Gives up the response, which has come, whoever may be reading it. */
        void close();
    }
}
