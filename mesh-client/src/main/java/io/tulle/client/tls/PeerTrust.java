package io.tulle.client.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a peer whose certificate the authorities of now vouch for, that is a service of our trust domain and, where one is expected, that very service. Host
 * names are not looked at: whoever has the certificate of a service is it, at whatever address. Immutable.
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private static final String TLS_1_3 = "TLSv1.3";

    private final Supplier<Credentials> current;
    private final @Nullable String service;

    /** {@code service} is {@code <namespace>/<service>}; null lets any of the trust domain pass. */
    PeerTrust(Supplier<Credentials> current, @Nullable String service) {
        this.current = current;
        this.service = service;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        Credentials own = current.get();
        try {
            own.trust().checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw untrusted(chain, e);
        }
        checkIdentity(own, chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        Credentials own = current.get();
        try {
            own.trust().checkClientTrusted(chain, authType);
        } catch (CertificateException e) {
            throw untrusted(chain, e);
        }
        checkIdentity(own, chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkVersion(socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkVersion(engine.getHandshakeSession());
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkVersion(socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkVersion(engine.getHandshakeSession());
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current.get().trust().getAcceptedIssuers();
    }

    /** Our own contexts speak nothing older; those of gRPC would. */
    private static void checkVersion(@Nullable SSLSession session) throws CertificateException {
        if (session != null && !TLS_1_3.equals(session.getProtocol())) {
            throw new CertificateException("the peer speaks " + session.getProtocol() + " (expected: " + TLS_1_3 + ")");
        }
    }

    private void checkIdentity(Credentials own, X509Certificate leaf) throws CertificateException {
        SpiffeId peer;
        try {
            peer = SpiffeId.of(leaf);
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the peer's certificate " + e.getMessage(), e);
        }
        if (service == null) {
            if (!peer.trustDomain().equals(own.id().trustDomain())) {
                throw new CertificateException("the peer is " + peer + " (expected: one of spiffe://"
                        + own.id().trustDomain() + ")");
            }
        } else if (!peer.equals(own.id().sibling(service))) {
            throw new CertificateException(
                    "the peer is " + peer + " (expected: " + own.id().sibling(service) + ")");
        }
    }

    private static CertificateException untrusted(X509Certificate[] chain, CertificateException why) {
        return new CertificateException(
                "the peer's certificate is not trusted: " + who(chain) + ": " + why.getMessage(), why);
    }

    private static String who(X509Certificate[] chain) {
        try {
            return SpiffeId.of(chain[0]).toString();
        } catch (IllegalArgumentException e) {
            return String.valueOf(chain[0].getSubjectX500Principal());
        }
    }
}
