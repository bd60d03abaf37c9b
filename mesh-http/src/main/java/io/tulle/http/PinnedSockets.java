package io.tulle.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Sockets that connect to one port, whichever they are told: the URL of a call names a service, and its port is not the endpoint's. The address comes from
 * a pinned {@code Dns}. This leaves URL, {@code Host} header and TLS server name as the application wrote them.
 */
final class PinnedSockets extends SocketFactory {
    private final int port;

    PinnedSockets(int port) {
        this.port = port;
    }

    @Override
    public Socket createSocket() {
        return new PinnedSocket(port);
    }

    @Override
    public Socket createSocket(String host, int ignored) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(String host, int ignored, InetAddress localHost, int localPort) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int ignored) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int ignored, InetAddress localHost, int localPort) throws IOException {
        throw unconnectedOnly();
    }

    private static SocketException unconnectedOnly() {
        return new SocketException("createSocket(address, port) (expected: createSocket(), then connect)");
    }

    private static final class PinnedSocket extends Socket {
        private final int port;

        PinnedSocket(int port) {
            this.port = port;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress address)) {
                throw new SocketException(endpoint + " (expected: an address and port)");
            }
            InetAddress resolved = address.getAddress();
            super.connect(
                    resolved == null
                            ? InetSocketAddress.createUnresolved(address.getHostString(), port)
                            : new InetSocketAddress(resolved, port),
                    timeout);
            setSoTimeout(
                    timeout); // bounds the handshake; OkHttp sets the call's own timeout when it uses the connection
        }
    }
}
