package io.tulle.grpc;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks a server as another does, and has gRPC's transport forget the session. Netty's OpenSSL clients resume sessions of before, and renew them each time:
 * the server would see a certificate of before the last rotations, and the client would not look at the server's any more. There is no setting for it that
 * does not need Netty's classes.
 */
final class ForgetfulTrust extends X509ExtendedTrustManager {
    private static final String NETTY = ".netty.";

    private final X509ExtendedTrustManager trust;

    ForgetfulTrust(X509ExtendedTrustManager trust) {
        this.trust = trust;
    }

    /** To Netty, 0 is no time at all; to the JDK, whose clients do not renew what they resume, it is for ever. */
    private static void forget(@Nullable SSLSession session) {
        SSLSessionContext context = session == null ? null : session.getSessionContext();
        if (context != null) {
            context.setSessionTimeout(context.getClass().getName().contains(NETTY) ? 0 : 1);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        forget(engine.getHandshakeSession());
        trust.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
