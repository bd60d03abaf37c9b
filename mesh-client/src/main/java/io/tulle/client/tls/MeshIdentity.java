package io.tulle.client.tls;

import io.tulle.api.listener.MeshListener;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Who this process is, and how it proves that and makes others prove who they are. What is taken from it follows every rotation of key, certificate and
 * authorities: new connections use those of now, connections that exist go on. Thread-safe.
 *
 * <p>TLS is 1.3, with certificates on both sides. A peer is what its certificate says ({@link SpiffeId}), at whatever address it is: host names are not checked.
 *
 * <pre>{@code
 * Mesh mesh = Mesh.builder().service("shop/catalog").tls(TlsFiles.in(Path.of("/etc/mesh/tls")))...build();
 * server.setHttpsConfigurator(new HttpsConfigurator(mesh.identity().server())); // the JDK's HttpsServer
 * }</pre>
 */
public final class MeshIdentity implements AutoCloseable {
    private final CredentialsWatch source;
    private final IdentityKeys keys;

    private MeshIdentity(CredentialsWatch source) {
        this.source = source;
        keys = new IdentityKeys(source);
    }

    /**
     * Returns the identity that files say, and watches them until it is closed. A {@code Mesh} does this by itself.
     *
     * @param listener is told of every certificate that is put in force or refused
     * @throws InvalidCredentialsException if the files cannot be used
     */
    public static MeshIdentity of(TlsFiles files, MeshListener listener) {
        return new MeshIdentity(CredentialsWatch.start(files, listener, InstantSource.system()));
    }

    /** Returns who this process is, for as long as it lives. */
    public SpiffeId id() {
        return source.get().id();
    }

    /** Returns when the certificate in force ends. */
    public Instant expires() {
        return source.get().expires();
    }

    /**
     * Returns a context for connections to a service: the peer must be that very service.
     *
     * @param service {@code name}, of our own namespace, or {@code namespace/name}
     */
    public SSLContext client(String service) {
        return MutualTls.of(keys, servers(service));
    }

    /** Returns a context for servers: whoever connects must be a service of our trust domain; {@link SpiffeId#of(javax.net.ssl.SSLSession)} says which. */
    public SSLContext server() {
        return MutualTls.of(keys, callers());
    }

    /** Returns what offers the certificate of now, for libraries that make TLS contexts of their own. */
    public X509ExtendedKeyManager keys() {
        return keys;
    }

    /** Returns what accepts a service as the peer, and nobody else. See {@link #client}. */
    public X509ExtendedTrustManager servers(String service) {
        return new PeerTrust(source, id().sibling(service).service());
    }

    /** Returns what accepts services of our trust domain as peers. See {@link #server}. */
    public X509ExtendedTrustManager callers() {
        return new PeerTrust(source, null);
    }

    /** Stops watching; what was taken from the identity works on with the last certificate. Idempotent. */
    @Override
    public void close() {
        source.close();
    }
}
