package io.tulle.testing;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Collection;

/** Writes X.509 certificates (RFC 5280) that are signed by ECDSA with SHA-256. */
final class DerCertificate {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final byte CERT_SIGN_AND_CRL_SIGN = 0x06;
    private static final byte DIGITAL_SIGNATURE = (byte) 0x80;

    private DerCertificate() {}

    /** Who issues or holds a certificate. */
    record Party(String name, KeyPair keys) {
        static Party of(String name) {
            return new Party(name, newKeys());
        }
    }

    /** When a certificate is valid. */
    record Window(Instant from, Instant to) {}

    /** One of the names of a holder (RFC 5280, 4.2.1.6). */
    record Name(int tag, byte[] value) {
        static Name dns(String host) {
            return new Name(0x82, host.getBytes(StandardCharsets.US_ASCII));
        }

        static Name uri(String uri) {
            return new Name(0x86, uri.getBytes(StandardCharsets.US_ASCII));
        }

        static Name address(InetAddress address) {
            return new Name(0x87, address.getAddress());
        }
    }

    /** Returns a certificate; {@code extensions} are those of the methods below. */
    static byte[] of(Party issuer, Party holder, Window window, long serial, byte[]... extensions) {
        byte[] body = Der.sequence(
                Der.tagged(0xA0, Der.integer(BigInteger.TWO)), // version 3
                Der.integer(BigInteger.valueOf(serial)),
                ECDSA_WITH_SHA256,
                commonName(issuer.name),
                Der.sequence(Der.time(window.from), Der.time(window.to)),
                commonName(holder.name),
                holder.keys.getPublic().getEncoded(),
                Der.tagged(0xA3, Der.sequence(extensions)));
        return Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(0, signature(issuer.keys, body)));
    }

    /** Says whether the holder is an authority. */
    static byte[] authority(boolean is) {
        return extension("2.5.29.19", true, is ? Der.sequence(Der.bool(true)) : Der.sequence());
    }

    /** Says what an authority's or a service's key is for. */
    static byte[] keyUsage(boolean authority) {
        return extension(
                "2.5.29.15", true, authority ? Der.bits(1, CERT_SIGN_AND_CRL_SIGN) : Der.bits(7, DIGITAL_SIGNATURE));
    }

    /** Says that the holder may be server and client. */
    static byte[] bothSides() {
        return extension("2.5.29.37", false, Der.sequence(Der.oid(SERVER), Der.oid(CLIENT)));
    }

    /** Gives the holder's names. */
    static byte[] names(Collection<Name> names) {
        byte[][] each =
                names.stream().map(name -> Der.tagged(name.tag, name.value)).toArray(byte[][]::new);
        return extension("2.5.29.17", false, Der.sequence(each));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    private static byte[] commonName(String value) {
        return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(value))));
    }

    private static byte[] signature(KeyPair signer, byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer.getPrivate());
            signature.update(body);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key on the curve secp256r1 signs", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has the curve secp256r1", e);
        }
    }
}
