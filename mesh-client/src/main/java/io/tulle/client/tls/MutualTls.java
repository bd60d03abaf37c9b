package io.tulle.client.tls;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A TLS context that leaves nothing to be forgotten: what it makes speaks TLS 1.3 only, and demands a certificate of whoever connects. No session is resumed
 * after the authorities have changed: as a server it hands out no tickets, as a client it forgets those of others after a second.
 */
final class MutualTls extends SSLContext {
    private static final String PROTOCOL = "TLSv1.3";
    private static final int NO_TICKETS_SECONDS =
            604_801; // RFC 8446: a ticket lives seven days at most; the JDK makes none then

    private MutualTls(Spi spi, Provider provider) {
        super(spi, provider, PROTOCOL);
    }

    static SSLContext of(KeyManager keys, TrustManager trust) {
        try {
            SSLContext inner = SSLContext.getInstance(PROTOCOL);
            inner.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            inner.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
            inner.getClientSessionContext().setSessionTimeout(1);
            return new MutualTls(new Spi(inner), inner.getProvider());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK speaks " + PROTOCOL, e);
        }
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext inner;

        Spi(SSLContext inner) {
            this.inner = inner;
        }

        private SSLParameters parameters() {
            SSLParameters parameters = inner.getDefaultSSLParameters();
            parameters.setProtocols(new String[] {PROTOCOL});
            parameters.setNeedClientAuth(true);
            return parameters;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("a mesh identity's context is initialized (expected: no init())");
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            SSLEngine engine = inner.createSSLEngine();
            engine.setSSLParameters(parameters());
            return engine;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            SSLEngine engine = inner.createSSLEngine(host, port);
            engine.setSSLParameters(parameters());
            return engine;
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new MutualSockets(inner.getSocketFactory(), this::parameters);
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return new MutualServerSockets(inner.getServerSocketFactory(), this::parameters);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return inner.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return inner.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return parameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return parameters();
        }
    }
}
