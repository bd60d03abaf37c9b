package io.tulle.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshSnapshotTest {
    private final MeshSnapshot snapshot = compiled("shop/catalog", "shop/reviews", "other/catalog", "other/payment");

    private static MeshSnapshot compiled(String... services) {
        List<Resource> resources = new ArrayList<>();
        for (String service : services) {
            int slash = service.indexOf('/');
            resources.add(Service.of(service.substring(0, slash), service.substring(slash + 1), Service.Spec.DEFAULT));
        }
        return new SnapshotCompiler("shop", () -> 0, MeshListener.NONE)
                .compile(resources, MeshSnapshot.empty("shop"), 0);
    }

    @ParameterizedTest
    @CsvSource({
        "catalog, shop/catalog",
        "catalog.shop, shop/catalog",
        "catalog.other, other/catalog",
        "payment.other, other/payment"
    })
    void aHostNamesAServiceOfItsNamespaceOrOfTheOwn(String host, String service) {
        ServiceSnapshot found = snapshot.byHost(host);
        assertThat(found).isNotNull().isSameAs(snapshot.byName(service));
        assertThat(found.name()).isEqualTo(service);
        assertThat(snapshot.claims(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "catalog.nowhere", "shop", "example.com", ""})
    void otherHostsNameNone(String host) {
        assertThat(snapshot.byHost(host)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "x", "cattalog", "x.shop", "x.other"})
    void whatCanOnlyBeOursIsClaimedThoughUnknown(String host) {
        assertThat(snapshot.claims(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost", "127.0.0.1", "::1", "example.com", "a.b.shop", "catalog.nowhere", ""})
    void whatMayBeSomebodyElsesIsNotClaimed(String host) {
        assertThat(snapshot.claims(host)).isFalse();
    }

    @Test
    void theOwnNamespaceIsKnownBeforeAnyService() {
        MeshSnapshot empty = MeshSnapshot.empty("shop");
        assertThat(empty.claims("x.shop")).isTrue();
        assertThat(empty.claims("x.other")).isFalse();
        assertThat(MeshSnapshot.empty("team1").claims("catalgo.team1"))
                .as("a namespace may end in a digit")
                .isTrue();
        assertThat(MeshSnapshot.empty("1").claims("127.0.0.1")).isFalse();
        assertThat(empty.version()).isZero();
        assertThat(empty.byName("shop/catalog")).isNull();
    }

    @Test
    void servicesAreOrderedByName() {
        assertThat(snapshot.services())
                .map(ServiceSnapshot::name)
                .containsExactly("other/catalog", "other/payment", "shop/catalog", "shop/reviews");
        assertThat(snapshot.version()).isEqualTo(1);
    }

    @Test
    void anUnknownHostIsAnsweredWithNearNames() {
        assertThat(snapshot.unknown("revews"))
                .isEqualTo("service 'revews' is not known in namespace shop (did you mean reviews?)");
    }

    @Test
    void withoutNearNamesWhatIsKnownIsNamed() {
        assertThat(snapshot.unknown("warehousing"))
                .isEqualTo("service 'warehousing' is not known in namespace shop"
                        + " (known: other/catalog, other/payment, shop/catalog, shop/reviews)");
        assertThat(MeshSnapshot.empty("shop").unknown("x"))
                .isEqualTo("service 'x' is not known in namespace shop (no service is known)");
    }

    @Test
    void noMoreThanTenKnownNamesAreListed() {
        String[] many = new String[30];
        for (int i = 0; i < many.length; i++) {
            many[i] = "shop/service-" + (char) ('a' + i % 26) + i;
        }
        assertThat(compiled(many).unknown("zzzzz").split("shop/service")).hasSize(11);
    }
}
