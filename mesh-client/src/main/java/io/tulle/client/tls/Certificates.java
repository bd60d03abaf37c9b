package io.tulle.client.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a PEM file. */
final class Certificates {
    private static final String TYPE = "CERTIFICATE";

    private Certificates() {}

    /** Returns all of them in order, at least one. */
    static List<X509Certificate> of(PemFile file) {
        List<PemFile.Block> blocks = file.blocks();
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemFile.Block block : blocks) {
            if (block.type().equals(TYPE)) {
                certificates.add(decoded(file, block.content(), certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw file.wrong(PemFile.types(blocks), "certificates, '-----BEGIN CERTIFICATE-----'");
        }
        return List.copyOf(certificates);
    }

    /** Returns those of authorities; one that may sign nothing would be trusted as itself, whoever signed it and however old it is. */
    static List<X509Certificate> authorities(PemFile file) {
        List<X509Certificate> all = of(file);
        for (X509Certificate one : all) {
            if (one.getBasicConstraints() < 0) {
                throw file.wrong(
                        "'" + one.getSubjectX500Principal() + "' is not an authority's certificate",
                        "those of authorities, CA:TRUE");
            }
        }
        return all;
    }

    private static X509Certificate decoded(PemFile file, byte[] der, int number) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw file.wrong("certificate " + number + " cannot be read: " + e.getMessage(), "X.509", e);
        }
    }
}
