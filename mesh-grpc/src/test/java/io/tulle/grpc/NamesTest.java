package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.NameResolver;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hosts mean, with look-ups that take place when a test says. */
class NamesTest {
    private final FakeDns dns = new FakeDns();
    private final Queue<Runnable> lookups = new ArrayDeque<>();
    private final SynchronizationContext context = new SynchronizationContext((thread, failure) -> {
        throw new AssertionError(failure);
    });
    private Names.Lookup lookup = dns;
    private int news;

    private Names names() {
        return new Names(
                NameResolver.Args.newBuilder()
                        .setDefaultPort(1)
                        .setProxyDetector(address -> null)
                        .setSynchronizationContext(context)
                        .setServiceConfigParser(new NameResolver.ServiceConfigParser() {
                            @Override
                            public NameResolver.ConfigOrError parseServiceConfig(java.util.Map<String, ?> raw) {
                                throw new UnsupportedOperationException("not of names");
                            }
                        })
                        .setOffloadExecutor(lookups::add)
                        .setArg(Names.LOOKUP, host -> lookup.all(host))
                        .build(),
                () -> news++);
    }

    /** Has the look-ups that were begun take place. */
    private void lookUp() {
        int begun = lookups.size();
        for (int i = 0; i < begun; i++) {
            lookups.remove().run();
        }
    }

    private static @Nullable List<String> meaning(Names names, String host) {
        List<InetAddress> addresses = names.addresses(host);
        return addresses == null
                ? null
                : addresses.stream().map(InetAddress::getHostAddress).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.200.255", "0.0.0.0", "0:0:0:0:0:0:0:1"})
    void addressesAreKnownAtOnceAndNeverLookedUp(String address) {
        Names names = names();
        names.keep(Set.of(address));
        names.refresh();
        assertThat(meaning(names, address)).containsExactly(address);
        assertThat(lookups).isEmpty();
        assertThat(dns.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratings", "localhost", "10.0.0.256", "999.1.1.1", "10.1", "beef", "fe80::1%eth0"})
    void whatMayTakeAWhileIsLookedUpElsewhere(String host) {
        Names names = names();
        names.keep(Set.of(host));
        assertThat(dns.asked).isEmpty();
        assertThat(names.addresses(host)).isNull();
        assertThat(lookups).hasSize(1);
    }

    @Test
    void aNameMeansAllItsAddresses() {
        dns.means("a", "10.0.0.1", "10.0.0.2");
        Names names = names();
        names.keep(Set.of("a"));
        lookUp();
        assertThat(meaning(names, "a")).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(news).isEqualTo(1);
    }

    @Test
    void eachNameIsLookedUpForItself() {
        dns.means("a", "10.0.0.1").means("b", "10.0.0.2");
        Names names = names();
        names.keep(Set.of("a"));
        names.keep(Set.of("a", "b"));
        lookups.remove(); // the one for a hangs
        lookUp();
        assertThat(meaning(names, "b")).containsExactly("10.0.0.2");
        assertThat(names.addresses("a")).isNull();
        assertThat(dns.asked).containsExactly("b");
    }

    @Test
    void aFailedLookUpKeepsWhatANameMeant() {
        dns.means("a", "10.0.0.1");
        Names names = names();
        names.keep(Set.of("a"));
        lookUp();
        dns.forgets("a");
        names.refresh();
        lookUp();
        assertThat(dns.asked).hasSize(2);
        assertThat(meaning(names, "a")).containsExactly("10.0.0.1");
        assertThat(news).isEqualTo(1);
    }

    @Test
    void aNameThatIsNotKnownIsLookedUpAgain() {
        Names names = names();
        names.keep(Set.of("a"));
        lookUp();
        assertThat(meaning(names, "a")).isEmpty();
        assertThat(news).isEqualTo(1);
        names.refresh();
        lookUp();
        assertThat(news).isEqualTo(1);
        dns.means("a", "10.0.0.1");
        names.refresh();
        lookUp();
        assertThat(meaning(names, "a")).containsExactly("10.0.0.1");
        assertThat(news).isEqualTo(2);
    }

    @Test
    void anotherOrderIsNoNews() {
        dns.means("a", "10.0.0.1", "10.0.0.2");
        Names names = names();
        names.keep(Set.of("a"));
        lookUp();
        dns.means("a", "10.0.0.2", "10.0.0.1");
        names.refresh();
        lookUp();
        assertThat(meaning(names, "a")).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(news).isEqualTo(1);
        dns.means("a", "10.0.0.2");
        names.refresh();
        lookUp();
        assertThat(meaning(names, "a")).containsExactly("10.0.0.2");
        assertThat(news).isEqualTo(2);
    }

    @Test
    void aNameThatIsKnownIsNotLookedUpForEveryConfiguration() {
        dns.means("a", "10.0.0.1");
        Names names = names();
        names.keep(Set.of("a"));
        names.keep(Set.of("a", "10.0.0.9"));
        names.refresh(); // one is out
        lookUp();
        names.keep(Set.of("a"));
        assertThat(lookups).isEmpty();
        assertThat(dns.asked).hasSize(1);
    }

    @Test
    void aNameThatIsNoLongerNeededIsForgotten() {
        dns.means("a", "10.0.0.1");
        Names names = names();
        names.keep(Set.of("a"));
        names.keep(Set.of());
        lookUp();
        assertThat(names.addresses("a")).isNull();
        assertThat(news).isZero();
        names.keep(Set.of("a"));
        assertThat(names.addresses("a")).isNull();
        names.keep(Set.of());
        names.keep(Set.of("a"));
        dns.means("a", "10.0.0.2");
        lookups.remove().run();
        assertThat(names.addresses("a")).as("asked before it was forgotten").isNull();
        lookUp();
        assertThat(meaning(names, "a")).containsExactly("10.0.0.2");
        assertThat(news).isEqualTo(1);
    }

    @Test
    void aLookUpThatThrowsIsOneThatFailed() {
        lookup = host -> {
            throw new SecurityException("not for you");
        };
        Names names = names();
        names.keep(Set.of("a"));
        lookUp();
        assertThat(meaning(names, "a")).isEmpty();
        names.refresh();
        assertThat(lookups).hasSize(1);
    }
}
