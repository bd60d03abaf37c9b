package io.tulle.client.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Makes sockets with given parameters. */
final class MutualSockets extends SSLSocketFactory {
    private final SSLSocketFactory inner;
    private final Supplier<SSLParameters> parameters;

    MutualSockets(SSLSocketFactory inner, Supplier<SSLParameters> parameters) {
        this.inner = inner;
        this.parameters = parameters;
    }

    private Socket with(Socket socket) {
        ((SSLSocket) socket).setSSLParameters(parameters.get());
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
    public Socket createSocket() throws IOException {
        return with(inner.createSocket());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return with(inner.createSocket(plain, host, port, autoClose));
    }

    @Override
    public Socket createSocket(Socket plain, InputStream consumed, boolean autoClose) throws IOException {
        return with(inner.createSocket(plain, consumed, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return with(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return with(inner.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return with(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return with(inner.createSocket(host, port, localHost, localPort));
    }
}
