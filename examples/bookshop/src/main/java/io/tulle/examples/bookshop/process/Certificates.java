package io.tulle.examples.bookshop.process;

import io.tulle.testing.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The certificates of the shop's services, as PEM files in a folder for each: what cert-manager or an operator does elsewhere. Each renewal ends a minute later
 * than the one before, so that it can be seen which one is in use. Confined to the demo's main thread.
 */
public final class Certificates {
    private static final String TRUST_DOMAIN = "bookshop.example";
    private static final List<String> SERVICES = List.of("storefront", "catalog", "reviews", "ratings");

    private final Path folder;
    private TestAuthority authority = TestAuthority.of(TRUST_DOMAIN);
    private TestAuthority former = authority;
    private Instant end = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

    /** Issues the first ones into a folder that exists. */
    public Certificates(Path folder) {
        this.folder = folder;
        issue(authority, authority);
    }

    /** Gives every service a new key and certificate by the authority of now, which alone is trusted; returns when they end. */
    public Instant renew() {
        return issue(authority, authority);
    }

    /** As {@link #renew}, by the authority of now; but the next one is trusted, too. */
    public Instant introduceAuthority() {
        former = authority;
        authority = TestAuthority.of(TRUST_DOMAIN);
        return issue(former, former, authority);
    }

    /** As {@link #renew}, by the next authority; but the former one is still trusted, too. */
    public Instant useAuthority() {
        return issue(authority, former, authority);
    }

    private Instant issue(TestAuthority issuer, TestAuthority... trusted) {
        end = end.plus(Duration.ofMinutes(1));
        Instant now = Instant.now();
        for (String service : SERVICES) {
            try {
                Path own = Files.createDirectories(folder.resolve(service));
                TestAuthority.writeAuthorities(own, trusted);
                issuer.request()
                        .service("shop", service)
                        .valid(now.minus(Duration.ofHours(1)), end)
                        .issue()
                        .writeTo(own);
            } catch (IOException e) {
                throw new UncheckedIOException("no certificate for " + service + ": " + e, e);
            }
        }
        return end;
    }
}
