package io.tulle.client.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;

/** Makes server sockets with given parameters. */
final class MutualServerSockets extends SSLServerSocketFactory {
    private final SSLServerSocketFactory inner;
    private final Supplier<SSLParameters> parameters;

    MutualServerSockets(SSLServerSocketFactory inner, Supplier<SSLParameters> parameters) {
        this.inner = inner;
        this.parameters = parameters;
    }

    private ServerSocket with(ServerSocket socket) {
        ((SSLServerSocket) socket).setSSLParameters(parameters.get());
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return parameters.get().getCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return parameters.get().getCipherSuites();
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return with(inner.createServerSocket());
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return with(inner.createServerSocket(port));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return with(inner.createServerSocket(port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return with(inner.createServerSocket(port, backlog, address));
    }
}
