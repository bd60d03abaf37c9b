package io.tulle.client.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Offers the certificate of now. TLS asks for an alias first and then for its certificate and its key, one after another: each certificate has an alias of its
 * own, and the last few are kept, so that a handshake that began before a rotation ends with the pair with which it began. Thread-safe.
 */
final class IdentityKeys extends X509ExtendedKeyManager {
    private static final int KEPT = 8;

    private final Supplier<Credentials> current;
    private final ReentrantLock adding = new ReentrantLock(); // guards that each certificate gets one alias
    private volatile Offer newest;

    /** A pair under its alias, and those before it, newest first. */
    private record Offer(
            String alias, Credentials credentials, @Nullable Offer before) {
        private static final String PREFIX = "mesh-";

        static Offer first(Credentials credentials) {
            return new Offer(PREFIX + 1, credentials, null);
        }

        Offer next(Credentials credentials) {
            long number = Long.parseLong(alias.substring(PREFIX.length())) + 1;
            return new Offer(PREFIX + number, credentials, cut(this, KEPT - 1));
        }

        private static @Nullable Offer cut(@Nullable Offer offer, int most) {
            return offer == null || most == 0
                    ? null
                    : new Offer(offer.alias, offer.credentials, cut(offer.before, most - 1));
        }
    }

    IdentityKeys(Supplier<Credentials> current) {
        this.current = current;
        newest = Offer.first(current.get());
    }

    private @Nullable String choose(String... keyTypes) {
        Offer offer = newest();
        for (String type : keyTypes) {
            if (type.equals(offer.credentials.key().getAlgorithm())) {
                return offer.alias;
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // a snapshot is itself
    private Offer newest() {
        Offer known = newest;
        Credentials now = current.get();
        if (known.credentials == now) {
            return known;
        }
        adding.lock();
        try {
            if (newest.credentials != now) {
                newest = newest.next(now);
            }
            return newest;
        } finally {
            adding.unlock();
        }
    }

    private @Nullable Credentials known(@Nullable String alias) {
        for (Offer offer = newest; offer != null; offer = offer.before) {
            if (offer.alias.equals(alias)) {
                return offer.credentials;
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = choose(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        Credentials credentials = known(alias);
        return credentials == null ? null : credentials.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        Credentials credentials = known(alias);
        return credentials == null ? null : credentials.key();
    }
}
