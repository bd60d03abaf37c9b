package io.tulle.http;

import io.tulle.client.tls.MeshIdentity;
import io.tulle.core.snapshot.Endpoint;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.CertificatePinner;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Has the client of an endpoint whose port speaks mutual TLS do so, as what this process is, with nobody but the service that the endpoint belongs to; and
 * says whose fault it is when that fails. {@link AttemptRequest} gives it URLs that say so. No interceptor: OkHttp takes some 300 bytes per call for one.
 */
final class OverTls {
    private OverTls() {}

    /** Sets up the client of {@code endpoint}; without an identity, its calls fail before anything is sent. */
    static void apply(OkHttpClient.Builder client, Endpoint endpoint, @Nullable MeshIdentity identity) {
        if (identity == null) {
            client.addInterceptor(chain -> {
                throw new SSLHandshakeException(
                        endpoint
                                + ": speaks mutual TLS and this process has no identity (expected: Mesh.builder().tls(...) with its certificate)");
            });
            return;
        }
        client.sslSocketFactory(
                        identity.client(endpoint.service()).getSocketFactory(), identity.servers(endpoint.service()))
                .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
                .certificatePinner(CertificatePinner.DEFAULT)
                .hostnameVerifier((host, session) ->
                        true); // a service is not its address: the trust manager has checked who it is
        if (client.build().protocols().contains(Protocol.H2_PRIOR_KNOWLEDGE)) {
            client.protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)); // there is something to know it from
        }
    }

    /** Returns what to tell of {@code e}, with which a call to {@code endpoint} as {@code own} has failed. */
    static SSLException explained(Endpoint endpoint, MeshIdentity own, SSLException e) {
        SSLException explained = new SSLHandshakeException(endpoint + ": " + why(own, String.valueOf(e.getMessage())));
        explained.initCause(e);
        return explained;
    }

    /** The JDK has no types for these, only words. */
    private static String why(MeshIdentity own, String said) {
        if (said.contains("unrecognized SSL message")) {
            return "does not speak TLS (expected: mutual TLS, as its instance says)";
        }
        if (said.contains("Remote host terminated the handshake")) {
            return "ended the TLS handshake without a word; it may not speak TLS (expected: mutual TLS, as its instance says)";
        }
        if (said.contains(TransportErrors.RECEIVED)) {
            return "refuses this process, which is " + own.id() + " until " + own.expires() + ": " + said;
        }
        return "mutual TLS failed: " + said;
    }
}
