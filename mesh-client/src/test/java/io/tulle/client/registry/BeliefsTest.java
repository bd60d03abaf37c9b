package io.tulle.client.registry;

import static io.tulle.client.registry.Samples.CATALOG;
import static io.tulle.client.registry.Samples.absent;
import static io.tulle.client.registry.Samples.change;
import static io.tulle.client.registry.Samples.gone;
import static io.tulle.client.registry.Samples.instance;
import static io.tulle.client.registry.Samples.line;
import static io.tulle.client.registry.Samples.progress;
import static io.tulle.client.registry.Samples.route;
import static io.tulle.client.registry.Samples.service;
import static io.tulle.client.registry.Samples.serviceWith;
import static io.tulle.client.registry.Samples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Resource;
import io.tulle.client.registry.Beliefs.Reception;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine;
import io.tulle.client.wire.WatchLine.Removed;
import io.tulle.client.wire.WatchLine.ServiceUpdate;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeliefsTest {
    private static final long LEASE = Duration.ofSeconds(30).toNanos();

    private final Beliefs beliefs = new Beliefs();
    private long now = Long.MAX_VALUE - LEASE / 2; // so that the clock overflows on the way

    @BeforeEach
    void follow() {
        beliefs.follow(CATALOG);
    }

    @Test
    void whoFollowsNothingNeedsNoSnapshot() {
        Beliefs none = new Beliefs();

        assertThat(none.hear(progress("e", 5), now, LEASE).reception()).isEqualTo(Reception.TAKEN);
        assertThat(none.revision()).isEqualTo(5);
        assertThat(none.hear(progress("f", 2), now, LEASE).reception()).isEqualTo(Reception.TAKEN);
        none.follow(CATALOG);
        assertThat(none.hear(progress("g", 3), now, LEASE).reception()).isEqualTo(Reception.GAP);
    }

    // ---- what is obeyed ----

    @Test
    void changesFollowASnapshot() {
        taken(snapshot("e", 5, serviceWith("catalog", 2)));
        taken(change("e", 5, 8, List.of(instance("catalog", "catalog-3"))));
        taken(change("e", 8, 9, List.of(), gone("catalog-1", RemovalReason.DRAINED)));
        assertThat(instances()).containsExactly("catalog-2", "catalog-3");
        assertThat(belief().last()).isEqualTo(9);
        assertThat(beliefs.revision()).isEqualTo(9);
        assertThat(beliefs.canResume()).isTrue();
    }

    @Test
    void drainedDeregisteredAndDeletedAreObeyedAtOnceHoweverMany() {
        for (RemovalReason reason : List.of(RemovalReason.DRAINED, RemovalReason.DEREGISTERED, RemovalReason.DELETED)) {
            taken(snapshot(reason.name(), 5, serviceWith("catalog", 10)));
            taken(change(reason.name(), 5, 6, List.of(), expiries(1, 10, reason)));
            assertThat(instances()).as(reason.name()).isEmpty();
            assertThat(belief().kept()).isEmpty();
        }
    }

    @Test
    void aRemovalDoesNotHitTheProcessThatTookThePlace() {
        taken(snapshot("e", 5, serviceWith("catalog", 1)));
        taken(change("e", 5, 6, List.of(instance("catalog", "catalog-1", "new"))));
        taken(change("e", 6, 7, List.of(), gone("catalog-1", RemovalReason.DELETED)));
        assertThat(instances()).containsExactly("catalog-1");
    }

    @Test
    void aNewerSnapshotOfTheSameEpochTakesConfigurationBack() {
        taken(snapshot("e", 5, List.of(service("catalog"), route("catalog"))));
        taken(snapshot("e", 9, List.of(service("catalog"))));
        assertThat(belief().offered()).containsOnlyKeys("Service shop/catalog");
    }

    // ---- expiries ----

    @Test
    void aFewExpiriesAreObeyed() {
        taken(snapshot("e", 1, serviceWith("catalog", 10)));
        taken(change("e", 1, 2, List.of(), expiries(1, 5, RemovalReason.EXPIRED)));
        assertThat(instances()).hasSize(5);
        assertThat(belief().kept()).isEmpty();
    }

    @Test
    void twoOfTwoAreObeyedBecauseTwoAreFew() {
        taken(snapshot("e", 1, serviceWith("catalog", 2)));
        taken(change("e", 1, 2, List.of(), expiries(1, 2, RemovalReason.EXPIRED)));
        assertThat(instances()).isEmpty();
    }

    @Test
    void moreThanHalfAtOnceAreHeldUntilTheyAreConfirmed() {
        taken(snapshot("e", 1, serviceWith("catalog", 10)));
        taken(change("e", 1, 2, List.of(), expiries(1, 6, RemovalReason.EXPIRED)));
        assertThat(instances()).hasSize(10);
        assertThat(belief().kept()).hasSize(6);
        taken(confirm("e", 3, expiries(1, 4, RemovalReason.EXPIRED)));
        assertThat(instances())
                .containsExactly("catalog-10", "catalog-5", "catalog-6", "catalog-7", "catalog-8", "catalog-9");
        assertThat(belief().kept()).hasSize(2);
    }

    @Test
    void expiriesThatTrickleInAreCountedOverOneLease() {
        taken(snapshot("e", 1, serviceWith("catalog", 10)));
        for (int i = 1; i <= 9; i++) {
            now += LEASE / 20;
            taken(change("e", i, i + 1, List.of(), expiries(i, i, RemovalReason.EXPIRED)));
        }
        assertThat(instances()).hasSize(5);
        assertThat(belief().kept()).hasSize(4);
    }

    @Test
    void expiriesFartherApartThanALeaseAreFew() {
        taken(snapshot("e", 1, serviceWith("catalog", 10)));
        for (int i = 1; i <= 10; i++) {
            now += LEASE / 2;
            taken(change("e", i, i + 1, List.of(), expiries(i, i, RemovalReason.EXPIRED)));
        }
        assertThat(instances()).isEmpty();
    }

    @Test
    void anInstanceThatComesBackIsNotHeldAnyMore() {
        taken(snapshot("e", 1, serviceWith("catalog", 4)));
        taken(change("e", 1, 2, List.of(), expiries(1, 4, RemovalReason.EXPIRED)));
        taken(change("e", 2, 3, List.of(instance("catalog", "catalog-1"))));
        assertThat(belief().kept()).hasSize(3);
        taken(confirm("e", 4, expiries(1, 4, RemovalReason.EXPIRED)));
        assertThat(instances()).containsExactly("catalog-1");
    }

    @Test
    void aHeldInstanceThatIsDrainedGoesAtOnce() {
        taken(snapshot("e", 1, serviceWith("catalog", 4)));
        taken(change("e", 1, 2, List.of(), expiries(1, 4, RemovalReason.EXPIRED)));
        taken(change("e", 2, 3, List.of(), gone("catalog-2", RemovalReason.DEREGISTERED)));
        assertThat(instances()).containsExactly("catalog-1", "catalog-3", "catalog-4");
        assertThat(belief().kept()).hasSize(3);
    }

    @Test
    void aHeldInstanceThatFailsHereGoes() {
        taken(snapshot("e", 1, serviceWith("catalog", 4)));
        taken(change("e", 1, 2, List.of(), expiries(1, 4, RemovalReason.EXPIRED)));
        assertThat(belief().failed("Instance shop/catalog-1", "another uid", now))
                .isFalse();
        assertThat(belief().failed("Instance shop/catalog-1", "catalog-1-uid", now))
                .isTrue();
        assertThat(belief().failed("Instance shop/catalog-1", "catalog-1-uid", now))
                .isFalse();
        assertThat(instances()).hasSize(3);
    }

    @Test
    void anInstanceThatIsNotKeptDoesNotGoByFailing() {
        taken(snapshot("e", 1, serviceWith("catalog", 4)));
        assertThat(belief().failed("Instance shop/catalog-1", "catalog-1-uid", now))
                .isFalse();
        assertThat(instances()).hasSize(4);
    }

    @Test
    void massExpiriesInASnapshotAreHeldToo() {
        taken(snapshot("e", 1, serviceWith("catalog", 4)));
        taken(snapshot("e", 9, List.of(service("catalog")), expiries(1, 4, RemovalReason.EXPIRED)));
        assertThat(instances()).hasSize(4);
        assertThat(belief().kept().values()).allMatch(kept -> kept.reason() == Kept.Reason.EXPIRED);
    }

    // ---- absence without a reason ----

    @Test
    void whatIsAbsentInAnotherEpochStays() {
        taken(snapshot("e", 7, List.of(service("catalog"), route("catalog"), instance("catalog", "catalog-1"))));
        taken(absent("other", 1));
        assertThat(belief().offered()).hasSize(3);
        assertThat(belief().unknown()).isFalse();
        taken(snapshot("other", 2, List.of(service("catalog"))));
        assertThat(belief().offered()).hasSize(3);
        taken(snapshot("other", 3, List.of(service("catalog"))));
        assertThat(belief().offered()).as("never said in this epoch").containsKey("Route shop/catalog");
        taken(change("other", 3, 4, List.of(), new Removed("Route", "catalog", "", RemovalReason.DELETED)));
        assertThat(belief().offered()).doesNotContainKey("Route shop/catalog");
    }

    @Test
    void instancesThatAreAbsentWithoutAReasonStayWhileTheyAnswer() {
        taken(snapshot("e", 1, serviceWith("catalog", 3)));
        taken(snapshot("e", 9, serviceWith("catalog", 1), gone("catalog-2", RemovalReason.DRAINED)));
        assertThat(instances()).containsExactly("catalog-1", "catalog-3");
        assertThat(belief().kept()).containsOnlyKeys("Instance shop/catalog-3");
        assertThat(belief().failed("Instance shop/catalog-3", "catalog-3-uid", now))
                .isTrue();
        assertThat(instances()).containsExactly("catalog-1");
    }

    @Test
    void theReasonOfAnEarlierProcessOfThatNameIsFound() {
        taken(snapshot("e", 1, serviceWith("catalog", 2)));
        taken(snapshot(
                "e",
                9,
                serviceWith("catalog", 1),
                gone("catalog-2", RemovalReason.DRAINED),
                new Removed("Instance", "catalog-2", "a later uid", RemovalReason.DEREGISTERED)));
        assertThat(instances()).containsExactly("catalog-1");
    }

    @Test
    void whatADiskHeldStaysUntilTheRegistrySaysMore() {
        belief().restore(serviceWith("catalog", 2));
        assertThat(instances()).hasSize(2);
        assertThat(beliefs.canResume()).isFalse();
        taken(snapshot("e", 4, serviceWith("catalog", 1)));
        assertThat(instances()).hasSize(2);
        assertThat(belief().kept()).containsOnlyKeys("Instance shop/catalog-2");
    }

    @Test
    void aServiceThatIsNotThereIsSaidToBeSo() {
        taken(absent("e", 3, "shop/catalogue"));
        assertThat(belief().unknown()).isTrue();
        assertThat(belief().near()).containsExactly("shop/catalogue");
        taken(change("e", 0, 4, serviceWith("catalog", 1)));
        assertThat(belief().unknown()).isFalse();
    }

    // ---- what is refused as a whole ----

    @Test
    void anOlderRevisionOfTheSameEpochIsRefused() {
        taken(snapshot("e", 7, serviceWith("catalog", 3)));
        received(Reception.OLDER, snapshot("e", 6, List.of(service("catalog"))));
        received(Reception.OLDER, progress("e", 6));
        assertThat(instances()).hasSize(3);
        assertThat(beliefs.revision()).isEqualTo(7);
    }

    @Test
    void aForgottenPositionIsNoOlderRevision() {
        taken(snapshot("e", 7, serviceWith("catalog", 3)));
        beliefs.forgetPosition();
        taken(snapshot("e", 6, List.of(service("catalog"))));
        assertThat(instances()).as("as in another epoch").hasSize(3);
    }

    @Test
    void dataThatWasNotAskedForIsRefused() {
        taken(snapshot("e", 7, serviceWith("catalog", 1)));
        ServiceUpdate foreign =
                new ServiceUpdate("strangers/catalog", 0, true, List.of(), List.of(), List.of(), List.of());
        received(Reception.REFUSED, line(WatchLine.Type.SNAPSHOT, "e", 8, foreign));
        received(Reception.REFUSED, change("e", 7, 8, List.of(instance("reviews", "reviews-1"))));
        assertThat(beliefs.revision()).isEqualTo(7);
        assertThat(instances()).containsExactly("catalog-1");
    }

    @Test
    void aSnapshotOfAServiceWithoutTheServiceIsRefused() {
        taken(snapshot("e", 7, serviceWith("catalog", 1)));
        received(Reception.REFUSED, snapshot("e", 8, List.of()));
        received(Reception.REFUSED, snapshot("other", 1, List.of()));
        assertThat(beliefs.epoch()).isEqualTo("e");
        assertThat(instances()).hasSize(1);
    }

    @Test
    void aLineWithoutAnEpochOrWithANegativeRevisionIsRefused() {
        received(Reception.REFUSED, snapshot("", 1, serviceWith("catalog", 1)));
        received(Reception.REFUSED, snapshot("e", -1, serviceWith("catalog", 1)));
    }

    @Test
    void nothingOfALineIsTakenWhenOnePartIsRefused() {
        beliefs.follow("shop/reviews");
        ServiceUpdate good =
                new ServiceUpdate(CATALOG, 7, true, List.of(), serviceWith("catalog", 1), List.of(), List.of());
        ServiceUpdate bad = new ServiceUpdate("shop/reviews", 7, true, List.of(), List.of(), List.of(), List.of());
        received(Reception.REFUSED, line(WatchLine.Type.SNAPSHOT, "e", 7, good, bad));
        assertThat(instances()).isEmpty();
    }

    // ---- gaps ----

    @Test
    void aChangeFromAnotherRevisionIsAGap() {
        taken(snapshot("e", 7, serviceWith("catalog", 1)));
        received(Reception.GAP, change("e", 8, 9, serviceWith("catalog", 3)));
        taken(change("e", 7, 9, List.of(instance("catalog", "catalog-2"))));
        received(Reception.GAP, change("e", 7, 9, List.of(instance("catalog", "catalog-2"))));
        assertThat(instances()).hasSize(2);
    }

    @Test
    void aChangeBeforeTheFirstSnapshotIsAGap() {
        received(Reception.GAP, change("e", 0, 9, serviceWith("catalog", 1)));
    }

    @Test
    void aMarkBeforeTheFirstSnapshotIsNone() {
        taken(progress("e", 9));
        received(Reception.GAP, progress("f", 9));
        taken(snapshot("e", 10, serviceWith("catalog", 1)));
        assertThat(instances()).hasSize(1);
    }

    @Test
    void aChangeInAnotherEpochIsAGap() {
        taken(snapshot("e", 7, serviceWith("catalog", 1)));
        received(Reception.GAP, change("other", 7, 8, List.of()));
    }

    @Test
    void aStreamCannotGoOnWhileSomethingAwaitsItsSnapshot() {
        taken(snapshot("e", 7, serviceWith("catalog", 1)));
        assertThat(beliefs.canResume()).isTrue();
        beliefs.follow("shop/reviews");
        assertThat(beliefs.canResume()).isFalse();
    }

    @Test
    void aServiceThatDidNotChangeMissesNothing() {
        taken(snapshot("e", 7, serviceWith("catalog", 1)));
        taken(progress("e", 50));
        taken(change("e", 7, 60, List.of(instance("catalog", "catalog-2"))));
        assertThat(instances()).hasSize(2);
    }

    // ---- what cannot be read ----

    @Test
    void anUnreadableResourceKeepsItsVersionAndIsReported() {
        taken(snapshot("e", 7, List.of(service("catalog"), route("catalog"), instance("catalog", "catalog-1"))));
        taken(Line.read("""
                {"type":"change","epoch":"e","revision":8,"services":[{"service":"shop/catalog","previous":7,"resources":[
                {"kind":"Route","metadata":{"namespace":"shop","name":"catalog","resourceVersion":"8"},"spec":{"service":"catalog","rules":7}},
                {"kind":"Instance","metadata":{"namespace":"shop","name":"catalog-2"},"spec":{"service":"catalog","host":"h","port":1}}]}]}"""));
        assertThat(instances()).containsExactly("catalog-1", "catalog-2");
        assertThat(belief().offered()).containsEntry("Route shop/catalog", route("catalog"));
        assertThat(beliefs.unreadable())
                .hasSize(1)
                .allMatch(one -> one.version().equals("8"));
        taken(change("e", 8, 9, List.of(route("catalog"))));
        assertThat(beliefs.unreadable()).isEmpty();
    }

    @Test
    void anUnreadableOrUnsupportedResourceIsNotAbsentFromASnapshot() {
        taken(snapshot("e", 7, List.of(service("catalog"), route("catalog"), instance("catalog", "catalog-1"))));
        taken(Line.read("""
                {"type":"snapshot","epoch":"e","revision":8,"services":[{"service":"shop/catalog","previous":8,"resources":[
                {"kind":"Service","metadata":{"namespace":"shop","name":"catalog"}},
                {"kind":"Instance","metadata":{"namespace":"shop","name":"catalog-1"},"spec":{}}],
                "unsupported":[{"kind":"Route","name":"catalog","resourceVersion":"8","field":"/spec/mood","schema":9}]}]}"""));
        assertThat(belief().offered()).hasSize(3);
        assertThat(belief().kept()).isEmpty();
        assertThat(beliefs.unreadable()).hasSize(2);
        taken(snapshot("e", 9, List.of(service("catalog"), route("catalog"), instance("catalog", "catalog-1"))));
        assertThat(beliefs.unreadable()).isEmpty();
    }

    private void taken(Line line) {
        received(Reception.TAKEN, line);
    }

    private void received(Reception expected, Line line) {
        Beliefs.Heard heard = beliefs.hear(line, now, LEASE);
        assertThat(heard.reception()).as(heard.reason()).isEqualTo(expected);
    }

    private ServiceBelief belief() {
        return beliefs.follow(CATALOG);
    }

    private List<String> instances() {
        return belief().offered().values().stream()
                .filter(resource -> resource.kind().title().equals("Instance"))
                .map((Resource resource) -> resource.metadata().name())
                .toList();
    }

    private static Removed[] expiries(int from, int to, RemovalReason reason) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> gone("catalog-" + i, reason))
                .toArray(Removed[]::new);
    }

    private static Line confirm(String epoch, long revision, Removed... removed) {
        return line(
                WatchLine.Type.CONFIRM,
                epoch,
                revision,
                new ServiceUpdate(CATALOG, 0, true, List.of(), List.of(), List.of(removed), List.of()));
    }
}
