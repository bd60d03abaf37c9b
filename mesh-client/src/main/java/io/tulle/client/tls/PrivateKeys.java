package io.tulle.client.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads the private key of a PEM file: PKCS#8 (RFC 5958), RSA or EC. */
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA");
    private static final String SUFFIX = "PRIVATE KEY";

    private PrivateKeys() {}

    static PrivateKey of(PemFile file) {
        List<PemFile.Block> blocks = file.blocks();
        List<PemFile.Block> keys =
                blocks.stream().filter(block -> block.type().endsWith(SUFFIX)).toList();
        if (keys.size() != 1) {
            throw file.wrong(
                    keys.isEmpty() ? PemFile.types(blocks) : keys.size() + " private keys",
                    "one private key, '-----BEGIN PRIVATE KEY-----'");
        }
        PemFile.Block block = keys.get(0);
        if (block.type().startsWith("ENCRYPTED") || block.content().length == 0) {
            throw file.wrong("the private key is encrypted", "one that is not; " + conversion(file));
        }
        if (!block.type().equals(SUFFIX)) {
            throw file.wrong("'-----BEGIN " + block.type() + "-----'", "PKCS#8; " + conversion(file));
        }
        return decoded(file, block.content());
    }

    private static PrivateKey decoded(PemFile file, byte[] pkcs8) {
        InvalidKeySpecException last = null;
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                last = e;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK reads keys of " + algorithm, e);
            }
        }
        throw new InvalidCredentialsException(
                file + ": a private key that is neither EC nor RSA, or is damaged (expected: an EC or RSA key)", last);
    }

    private static String conversion(PemFile file) {
        return "convert it: openssl pkcs8 -topk8 -nocrypt -in " + file.path().getFileName() + " -out plain.key";
    }
}
