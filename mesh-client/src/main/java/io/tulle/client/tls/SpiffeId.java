package io.tulle.client.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who a workload is: {@code spiffe://<trust domain>/ns/<namespace>/svc/<service>}, as the SPIFFE ID standard has it.
 *
 * @param trustDomain such as {@code example.org}: lower-case letters, digits, {@code .}, {@code -} and {@code _}, at most 255 characters
 * @param namespace of the service
 * @param name of the service
 */
public record SpiffeId(String trustDomain, String namespace, String name) {
    private static final int URI = 6; // RFC 5280: uniformResourceIdentifier
    private static final int MOST = 2048;
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
    private static final Pattern ID =
            Pattern.compile("spiffe://([a-z0-9._-]{1,255})/ns/(" + LABEL + ")/svc/(" + LABEL + ")");

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if a part is not valid
     */
    public SpiffeId {
        check(DOMAIN.matcher(trustDomain).matches(), "trust domain", trustDomain);
        check(namespace.matches(LABEL), "namespace", namespace);
        check(name.matches(LABEL), "service", name);
    }

    private static void check(boolean valid, String what, String value) {
        if (!valid) {
            throw new IllegalArgumentException(
                    what + ": '" + value + "' (expected: lower-case letters, digits and '-')");
        }
    }

    /**
     * Returns the ID that {@code uri} is.
     *
     * @throws IllegalArgumentException if it is none of a service
     */
    public static SpiffeId parse(String uri) {
        Matcher parts = ID.matcher(uri);
        if (uri.length() > MOST || !parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + uri + "' (expected: spiffe://<trust domain>/ns/<namespace>/svc/<service>)");
        }
        return new SpiffeId(parts.group(1), parts.group(2), parts.group(3));
    }

    /**
     * Returns the ID that a certificate names: it has exactly one URI among its alternative names, and is not an authority's.
     *
     * @throws IllegalArgumentException if it names none, or may not be a workload's; the message says why
     */
    public static SpiffeId of(X509Certificate certificate) {
        List<String> uris = uris(certificate);
        if (uris.size() != 1) {
            throw new IllegalArgumentException(
                    (uris.isEmpty() ? "names no URI" : "names " + uris.size() + " URIs " + uris)
                            + " (expected: exactly one, spiffe://<trust domain>/ns/<namespace>/svc/<service>)");
        }
        if (certificate.getBasicConstraints() >= 0) {
            throw new IllegalArgumentException(
                    uris.get(0) + " is an authority's certificate (expected: one that may not sign others, CA:FALSE)");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[0]) {
            throw new IllegalArgumentException(
                    uris.get(0) + " may not sign by its key usage (expected: digitalSignature)");
        }
        return parse(uris.get(0));
    }

    /**
     * Returns the ID of the peer of a TLS session, which its trust manager has checked.
     *
     * @throws SSLPeerUnverifiedException if the peer has shown no certificate
     * @throws IllegalArgumentException if the certificate names no service
     */
    public static SpiffeId of(SSLSession session) throws SSLPeerUnverifiedException {
        return of((X509Certificate) session.getPeerCertificates()[0]);
    }

    /** Returns {@code <namespace>/<service>}. */
    public String service() {
        return namespace + "/" + name;
    }

    /** Returns the ID of another service of the same trust domain; {@code service} is {@code <namespace>/<service>}. */
    public SpiffeId sibling(String service) {
        int slash = service.indexOf('/');
        return new SpiffeId(
                trustDomain, slash < 0 ? namespace : service.substring(0, slash), service.substring(slash + 1));
    }

    /** Returns the URI. */
    @Override
    public String toString() {
        return "spiffe://" + trustDomain + "/ns/" + namespace + "/svc/" + name;
    }

    private static List<String> uris(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("has alternative names that cannot be read", e);
        }
    }
}
