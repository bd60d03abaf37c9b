package io.tulle.client.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A key, its certificate and whom to trust, which fit together. Immutable.
 *
 * @param id who the certificate says we are
 * @param chain the certificate, and those of the authorities between it and a root
 * @param key the certificate's
 * @param trust knows the authorities
 */
record Credentials(SpiffeId id, List<X509Certificate> chain, PrivateKey key, X509TrustManager trust) {
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final int NONCE = 32;

    /** The three files as they were read. */
    record Files(PemFile certificate, PemFile key, PemFile authorities) {
        static Files read(TlsFiles from) {
            return new Files(
                    PemFile.read("certificate", from.certificate()),
                    PemFile.read("key", from.key()),
                    PemFile.read("authorities", from.authorities()));
        }
    }

    /**
     * Returns what the files hold.
     *
     * @throws InvalidCredentialsException if something in them cannot be used, or they do not fit together
     */
    static Credentials of(Files files, Instant now) {
        PemFile certificate = files.certificate();
        List<X509Certificate> chain = Certificates.of(certificate);
        PrivateKey key = PrivateKeys.of(files.key());
        X509TrustManager trust = trusting(Certificates.authorities(files.authorities()));
        X509Certificate leaf = chain.get(0);
        SpiffeId id = id(certificate, leaf);
        checkPurposes(certificate, leaf);
        checkTime(certificate, leaf, now);
        Curves.check(certificate, leaf.getPublicKey());
        checkPair(files, leaf, key);
        checkIssuer(files, chain, key, trust);
        return new Credentials(id, chain, key, trust);
    }

    X509Certificate leaf() {
        return chain.get(0);
    }

    Instant expires() {
        return leaf().getNotAfter().toInstant();
    }

    private static SpiffeId id(PemFile file, X509Certificate leaf) {
        try {
            return SpiffeId.of(leaf);
        } catch (IllegalArgumentException e) {
            throw new InvalidCredentialsException(file + ": " + e.getMessage(), e);
        }
    }

    private static void checkPurposes(PemFile file, X509Certificate leaf) {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            if (purposes != null && !purposes.containsAll(List.of(SERVER, CLIENT))) {
                throw file.wrong("extended key usage " + purposes, "serverAuth and clientAuth, or none at all");
            }
        } catch (CertificateException e) {
            throw file.wrong("the extended key usage cannot be read", "serverAuth and clientAuth", e);
        }
    }

    /** Without {@code now} in what it says: a reason that changes each time that it is asked for is never the same one twice. */
    private static void checkTime(PemFile file, X509Certificate leaf, Instant now) {
        Instant from = leaf.getNotBefore().toInstant();
        Instant to = leaf.getNotAfter().toInstant();
        if (to.isBefore(now)) {
            throw file.wrong("expired at " + to, "one that is valid now; this one was from " + from + " on");
        }
        if (from.isAfter(now)) {
            throw file.wrong("not valid before " + from, "one that is valid now; this one will be until " + to);
        }
    }

    private static void checkPair(Files files, X509Certificate leaf, PrivateKey key) {
        if (!leaf.getPublicKey().getAlgorithm().equals(key.getAlgorithm()) || !pair(leaf.getPublicKey(), key)) {
            throw files.key().wrong("not the key of the certificate", "the key that belongs to " + files.certificate());
        }
    }

    private static boolean pair(PublicKey verifies, PrivateKey signs) {
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        try {
            Signature signature =
                    Signature.getInstance("SHA256with" + (signs.getAlgorithm().equals("EC") ? "ECDSA" : "RSA"));
            signature.initSign(signs);
            signature.update(nonce);
            byte[] signed = signature.sign();
            signature.initVerify(verifies);
            signature.update(nonce);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // of another curve or length
        }
    }

    private static void checkIssuer(Files files, List<X509Certificate> chain, PrivateKey key, X509TrustManager trust) {
        try {
            trust.checkClientTrusted(chain.toArray(X509Certificate[]::new), key.getAlgorithm());
        } catch (CertificateException e) {
            throw files.certificate()
                    .wrong(
                            "not issued by any of the " + files.authorities() + ": " + e.getMessage(),
                            "a certificate that they vouch for, followed by those of intermediate authorities",
                            e);
        }
    }

    private static X509TrustManager trusting(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509TrustManager trust) {
                    return trust;
                }
            }
            throw new IllegalStateException("every JDK has a PKIX trust manager");
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException("a key store in memory holds certificates", e);
        }
    }
}
