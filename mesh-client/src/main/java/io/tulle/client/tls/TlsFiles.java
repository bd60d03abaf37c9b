package io.tulle.client.tls;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The PEM files that say who a process is and whom it trusts. They are watched: replace them and the process goes on with the new ones.
 *
 * @param certificate the certificate of this service, and after it those of the authorities between it and a root, if any
 * @param key its private key: PKCS#8, RSA or EC, not encrypted
 * @param authorities the certificates of the authorities whose word about others is taken; while one replaces another, both
 */
public record TlsFiles(Path certificate, Path key, Path authorities) {
    /** Checks that nothing is missing. */
    public TlsFiles {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(authorities, "authorities");
    }

    /** Returns the files of a folder under the names that Kubernetes uses: {@code tls.crt}, {@code tls.key} and {@code ca.crt}. */
    public static TlsFiles in(Path folder) {
        return new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), folder.resolve("ca.crt"));
    }
}
