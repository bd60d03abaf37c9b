package io.tulle.testing;

import io.tulle.client.tls.MeshIdentity;
import io.tulle.client.tls.SpiffeId;
import io.tulle.client.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A trust domain on disk: a folder of PEM files for each service, whose certificates and roots are replaced while processes use them, in the order in which
 * an operator does it. Confined to one thread.
 */
public final class TestTrustDomain {
    private final Path folder;
    private final String name;
    private final List<SpiffeId> services = new ArrayList<>();
    private final List<TestAuthority> trusted = new ArrayList<>();

    /** Creates one with a root, whose services live below {@code folder}. */
    public TestTrustDomain(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        trusted.add(TestAuthority.of(name));
    }

    /** Adds a service and returns its files. */
    public TlsFiles add(String namespace, String service) throws IOException {
        SpiffeId id = new SpiffeId(name, namespace, service);
        services.add(id);
        Files.createDirectories(folder(id));
        writeAuthorities();
        reissue(id);
        return TlsFiles.in(folder(id));
    }

    /** Gives every service a new key and certificate of the newest root. */
    public void reissue() throws IOException {
        for (SpiffeId id : services) {
            reissue(id);
        }
    }

    private void reissue(SpiffeId id) throws IOException {
        trusted.get(trusted.size() - 1).issue(id.namespace(), id.name()).writeTo(folder(id));
    }

    /** Has every service trust a new root beside those that it trusts; nothing is issued by it before {@link #reissue()}. */
    public void addRoot() throws IOException {
        trusted.add(TestAuthority.of(name));
        writeAuthorities();
    }

    /** Has every service trust the newest root alone; call it when all have certificates of that. */
    public void dropOldRoots() throws IOException {
        trusted.subList(0, trusted.size() - 1).clear();
        writeAuthorities();
    }

    /** Returns whether {@code identity} is what the files of its service say now. */
    public boolean inForce(MeshIdentity identity) throws IOException {
        Path of = folder(identity.id());
        Certificate leaf = certificates(of.resolve("tls.crt")).iterator().next();
        String algorithm = leaf.getPublicKey().getAlgorithm();
        String alias = identity.keys().chooseEngineServerAlias(algorithm, null, null);
        Set<Certificate> issuers = Set.of(identity.callers().getAcceptedIssuers());
        return identity.keys().getCertificateChain(alias)[0].equals(leaf)
                && issuers.equals(new HashSet<>(certificates(of.resolve("ca.crt"))));
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try (InputStream text = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(text);
        } catch (CertificateException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private Path folder(SpiffeId id) {
        return folder.resolve(id.service());
    }

    private void writeAuthorities() throws IOException {
        for (SpiffeId id : services) {
            TestAuthority.writeAuthorities(folder(id), trusted.toArray(TestAuthority[]::new));
        }
    }
}
