package io.tulle.registry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.store.CompactedException;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import io.tulle.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Service CATALOG = Service.of("shop", "catalog", Service.Spec.DEFAULT);

    private final ManualClock clock = new ManualClock(1);
    private final Store store = MemoryStore.open(clock, clock);
    private final List<CatalogChange> changes = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatWasThereBeforeAndWhatComesAreTheSame() {
        long before = put(CATALOG);
        try (Catalog catalog = Catalog.load(store)) {
            assertThat(catalog.revision()).isEqualTo(before);
            assertThat(catalog.services()).containsExactly("shop/catalog");

            catalog.follow(changes::add);
            long after = put(instance("a1"));
            assertThat(catalog.awaitRevision(after)).isTrue();

            assertThat(catalog.service("shop/catalog").resources())
                    .extracting(Resource::kind)
                    .containsExactly(Kind.SERVICE, Kind.INSTANCE);
            assertThat(changes).singleElement().satisfies(change -> {
                assertThat(change.revision()).isEqualTo(after);
                assertThat(change.services().get(0).previous()).isEqualTo(before);
                assertThat(change.services().get(0).resources()).hasSize(1);
            });
        }
        try (Catalog again = Catalog.load(store)) {
            assertThat(again.service("shop/catalog").resources()).hasSize(2);
            assertThat(again.changes(before, again.revision())).isEqualTo(changes);
        }
    }

    @Test
    void aRemovalIsToldWithTheReasonThatTheSameRevisionSays() {
        put(CATALOG);
        put(instance("a1"));
        try (Catalog catalog = Catalog.load(store)) {
            catalog.follow(changes::add);
            Gone gone = Gone.of(instance("a1"), RemovalReason.DRAINED);
            long revision = commit(
                    Transaction.builder().delete(Keys.resource(instance("a1"))).put(gone.key(), gone.encode()));
            catalog.awaitRevision(revision);

            WatchLine.Removed removed = new WatchLine.Removed("Instance", "catalog-1", "a1", RemovalReason.DRAINED);
            assertThat(changes.get(0).services().get(0).removed()).containsExactly(removed);
            assertThat(catalog.service("shop/catalog").departures())
                    .containsExactly(new ServiceView.Departure(revision, removed));

            catalog.forgetDepartures(revision);
            assertThat(catalog.service("shop/catalog").departures()).isEmpty();
        }
    }

    @Test
    void anInstanceWhoseLeaseRunsOutHasExpired() {
        put(CATALOG);
        long lease = store.grant(Duration.ofSeconds(30)).join();
        commit(Transaction.builder().put(Keys.resource(instance("a1")), StoredResource.encode(instance("a1")), lease));
        try (Catalog catalog = Catalog.load(store)) {
            assertThat(catalog.instances(lease)).hasSize(1);
            catalog.follow(changes::add);
            clock.advance(Duration.ofSeconds(31));
            catalog.awaitRevision(store.revision());

            assertThat(changes.get(0).services().get(0).removed().get(0).reason())
                    .isEqualTo(RemovalReason.EXPIRED);
            assertThat(catalog.instances(lease)).isEmpty();
        }
    }

    @Test
    void aValueThatCannotBeReadIsSkippedAndTheVersionBeforeItStays() {
        put(CATALOG);
        try (Catalog catalog = Catalog.load(store)) {
            byte[] garbage = "{\"schema\":1}".getBytes(StandardCharsets.UTF_8);
            long revision = commit(Transaction.builder()
                    .put(Keys.resource(CATALOG), garbage)
                    .put(Keys.resource(Kind.ROUTE, "shop", "x"), garbage)
                    .put(Keys.session("x"), garbage)
                    .put(Keys.gone("shop/catalog", "x"), garbage));
            catalog.awaitRevision(revision);

            assertThat(catalog.revision()).isEqualTo(revision);
            assertThat(catalog.service("shop/catalog").exists()).isTrue();
            assertThat(catalog.sessions()).isEmpty();
        }
    }

    @Test
    void anInstanceThatMovesToAnotherServiceLeavesTheFirst() {
        put(CATALOG);
        put(instance("a1"));
        try (Catalog catalog = Catalog.load(store)) {
            catalog.follow(changes::add);
            Instance moved = new Instance(Metadata.of("shop", "catalog-1"), Instance.Spec.of("reviews", "a1", "h", 1));
            catalog.awaitRevision(put(moved));

            assertThat(changes.get(0).services())
                    .extracting(CatalogChange.OfService::service)
                    .containsExactly("shop/catalog", "shop/reviews");
            assertThat(changes.get(0).services().get(0).removed()).hasSize(1);
            assertThat(catalog.service("shop/reviews").resources()).hasSize(1);
        }
    }

    @Test
    void changesThatAreForgottenAreRefused() {
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            revisions.add(put(instance("a" + i)));
        }
        assertThat(store.compact(revisions.get(2))).isCompleted();
        try (Catalog catalog = Catalog.load(store)) {
            assertThat(catalog.changes(revisions.get(2), catalog.revision())).hasSize(1);
            assertThatThrownBy(() -> catalog.changes(revisions.get(1), catalog.revision()))
                    .isInstanceOf(CompactedException.class);
        }
    }

    private static Instance instance(String uid) {
        return new Instance(Metadata.of("shop", "catalog-1"), Instance.Spec.of("catalog", uid, "127.0.0.1", 8081));
    }

    private long put(Resource resource) {
        return commit(Transaction.builder().put(Keys.resource(resource), StoredResource.encode(resource)));
    }

    private long commit(Transaction.Builder transaction) {
        return store.commit(transaction.build()).join().revision();
    }
}
