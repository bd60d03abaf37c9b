package io.tulle.registry.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.catalog.StoredSession;
import io.tulle.registry.store.CompactedException;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import io.tulle.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchHubTest {
    private static final HubSettings SETTINGS =
            new HubSettings(Duration.ofSeconds(5), Duration.ofSeconds(15), 4, 100_000, 3);
    private static final WatchLine.Removed LOST =
            new WatchLine.Removed("Instance", "catalog-9", "u9", RemovalReason.EXPIRED);

    private final ManualClock clock = new ManualClock(3);
    private final Store store = MemoryStore.open(clock, clock);
    private final Catalog catalog = Catalog.load(store);
    private final List<WatchLine.Removed> confirmed = new ArrayList<>();
    private final WatchHub hub = WatchHub.start(catalog, clock, clock, SETTINGS, service -> confirmed);
    private final AtomicInteger wakes = new AtomicInteger();

    @AfterEach
    void close() {
        hub.close();
        catalog.close();
        store.close();
    }

    @Test
    void anIdleWatcherIsWokenOnce() {
        Watcher watcher = attach(Resume.NOT);
        drain(watcher);

        write(instance(1));
        write(instance(2));

        assertThat(wakes).hasValue(1);
        assertThat(drain(watcher))
                .extracting(WatchLine::type)
                .containsExactly(WatchLine.Type.CHANGE, WatchLine.Type.CHANGE);
    }

    @Test
    void aFullQueueBecomesOneSnapshotOfTheNewestState() {
        Watcher watcher = attach(Resume.NOT);
        drain(watcher);
        for (int i = 0; i < 9; i++) {
            write(instance(i));
        }

        List<WatchLine> lines = drain(watcher);

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).type()).isEqualTo(WatchLine.Type.SNAPSHOT);
        assertThat(lines.get(0).services().get(0).resources()).hasSize(9);
        assertThat(hub.coalesced()).isEqualTo(1);
    }

    @Test
    void whoTakesNothingIsCutAndOthersGoOn() {
        Watcher slow = attach(Resume.NOT);
        Watcher quick = attach(Resume.NOT);
        for (int i = 0; i < 3; i++) {
            drain(quick);
            clock.advance(SETTINGS.progress());
        }

        assertThat(hub.hasEnded(slow)).isTrue();
        assertThat(hub.take(slow)).isNull();
        assertThat(hub.hasEnded(quick)).isFalse();
        assertThat(hub.cut()).isEqualTo(1);
    }

    @Test
    void marksComeAndSayHowFarTheStreamIs() {
        Watcher watcher = attach(Resume.NOT);
        drain(watcher);
        long revision = write(instance(1));
        drain(watcher);

        clock.advance(SETTINGS.progress());

        assertThat(drain(watcher)).singleElement().satisfies(line -> {
            assertThat(line.type()).isEqualTo(WatchLine.Type.PROGRESS);
            assertThat(line.revision()).isEqualTo(revision);
        });
    }

    @Test
    void aWatcherOfTheFutureOrOfTheFarPastIsRefused() {
        for (int i = 0; i < 5; i++) {
            write(instance(i));
        }
        var unused = store.compact(4).join();
        try (Catalog again = Catalog.load(store);
                WatchHub fresh = WatchHub.start(again, clock, clock, SETTINGS, service -> List.of())) {
            assertThatThrownBy(() -> fresh.attach(Set.of("shop/catalog"), "", new Resume(null, 6L), () -> {}))
                    .isInstanceOf(BehindException.class)
                    .hasMessageContaining("5 and not yet 6");
            assertThatThrownBy(() -> fresh.attach(Set.of("shop/catalog"), "", new Resume(null, 2L), () -> {}))
                    .isInstanceOf(CompactedException.class);
            assertThat(fresh.watchers()).isZero();
            assertThat(fresh.attach(Set.of("shop/catalog"), "", new Resume("another", 2L), () -> {}))
                    .isNotNull();
        }
    }

    @Test
    void thereAreOnlySoManyWatchers() {
        for (int i = 0; i < SETTINGS.mostWatchers(); i++) {
            attach(Resume.NOT);
        }

        assertThatThrownBy(() -> attach(Resume.NOT)).isInstanceOf(TooManyWatchersException.class);
    }

    @Test
    void aRemovalHasArrivedWhenEveryStreamHasWrittenIt() {
        Watcher first = attach(Resume.NOT);
        Watcher second = attach(Resume.NOT);
        drain(first);
        drain(second);
        long revision = write(instance(1));
        CompletableFuture<Integer> written = hub.written("shop/catalog", revision, Duration.ofSeconds(5));

        drain(first);
        assertThat(hub.take(second)).isNotNull();
        assertThat(written).isNotDone();
        hub.wrote(second);

        assertThat(written).isCompletedWithValue(0);
    }

    @Test
    void whoWaitsForARemovalWaitsNoLongerThanItWantsAndNotForThoseWhoHaveGone() {
        Watcher first = attach(Resume.NOT);
        attach(Resume.NOT);
        drain(first);
        long revision = write(instance(1));
        CompletableFuture<Integer> written = hub.written("shop/catalog", revision, Duration.ofSeconds(2));
        hub.detach(first);

        clock.advance(Duration.ofSeconds(2));

        assertThat(written).isCompletedWithValue(1);
        assertThat(hub.written("shop/reviews", revision, Duration.ofSeconds(2))).isCompletedWithValue(0);
    }

    @Test
    void expiriesAreConfirmedToThoseWhoAreThereAndToThoseWhoCome() {
        Watcher there = attach(Resume.NOT);
        drain(there);
        confirmed.add(LOST);
        hub.confirm("shop/catalog");

        assertThat(drain(there)).singleElement().satisfies(WatchHubTest::confirms);
        Watcher late = attach(new Resume(store.epoch(), catalog.revision()));
        assertThat(drain(late).get(0)).satisfies(WatchHubTest::confirms);
    }

    private static void confirms(WatchLine line) {
        assertThat(line.type()).isEqualTo(WatchLine.Type.CONFIRM);
        assertThat(line.services().get(0).removed()).containsExactly(LOST);
    }

    @Test
    void aKindThatASessionDoesNotKnowIsNotSentToIt() {
        write(Service.of("shop", "catalog", Service.Spec.DEFAULT));
        write(instance(1));
        StoredSession.Content content =
                new StoredSession.Content("shop/storefront", "p", "", Map.of("Instance", 1), List.of("shop/catalog"));
        store.commit(Transaction.builder()
                        .put(Keys.session("x"), content.encode())
                        .build())
                .join();

        Watcher watcher = hub.attach("x", "here", Resume.NOT, () -> {});

        assertThat(drain(watcher).get(0).services().get(0).resources()).hasOnlyElementsOfType(Instance.class);
        assertThat(hub.attach("nobody", "here", Resume.NOT, () -> {})).isNull();
        assertThat(hub.remotes()).containsExactly(Map.entry("x", "here"));
    }

    @Test
    void whatGotLostIsSentAgainAfterWhatWaitsAndOnlyToWhoFollowsIt() {
        write(Service.of("shop", "catalog", Service.Spec.DEFAULT));
        StoredSession.Content content = new StoredSession.Content(
                "shop/storefront", "p", "", Map.of("Service", 1, "Instance", 1), List.of("shop/catalog"));
        store.commit(Transaction.builder()
                        .put(Keys.session("x"), content.encode())
                        .build())
                .join();
        Watcher watcher = hub.attach("x", "here", Resume.NOT, wakes::incrementAndGet);
        drain(watcher);
        long revision = write(instance(1));

        hub.sendAgain("x", Set.of("shop/catalog", "shop/reviews"));
        hub.sendAgain("nobody", Set.of("shop/catalog"));

        assertThat(drain(watcher))
                .satisfiesExactly(line -> assertThat(line.type()).isEqualTo(WatchLine.Type.CHANGE), line -> {
                    assertThat(line.type()).isEqualTo(WatchLine.Type.SNAPSHOT);
                    assertThat(line.revision()).isEqualTo(revision);
                    assertThat(line.services())
                            .singleElement()
                            .satisfies(of -> assertThat(of.service()).isEqualTo("shop/catalog"));
                });
        hub.sendAgain("x", Set.of("shop/catalog"));
        assertThat(wakes).hasValue(2);
    }

    @Test
    void whatIsSaidTwiceIsEncodedOnce() {
        write(Service.of("shop", "catalog", Service.Spec.DEFAULT));
        Watcher first = attach(Resume.NOT);
        Watcher second = attach(Resume.NOT);

        Line one = hub.take(first);
        Line other = hub.take(second);

        assertThat(one.parts().get(1)).isSameAs(other.parts().get(1));
        drain(first);
        drain(second);
        write(instance(1));
        assertThat(hub.take(first)).isSameAs(hub.take(second));
    }

    @Test
    void aClosedHubEndsEveryStream() {
        Watcher watcher = attach(Resume.NOT);
        hub.close();

        assertThat(hub.hasEnded(watcher)).isTrue();
        assertThatThrownBy(() -> attach(Resume.NOT)).hasMessageContaining("stopping");
    }

    private Watcher attach(Resume resume) {
        return hub.attach(Set.of("shop/catalog"), "here", resume, wakes::incrementAndGet);
    }

    private List<WatchLine> drain(Watcher watcher) {
        List<WatchLine> lines = new ArrayList<>();
        for (Line line = hub.take(watcher); line != null; line = hub.take(watcher)) {
            lines.add(JsonRecords.read(WatchLine.class, "line", new String(line.bytes(), StandardCharsets.UTF_8)));
        }
        hub.wrote(watcher);
        return lines;
    }

    private static Instance instance(int number) {
        return new Instance(
                Metadata.of("shop", "catalog-" + number), Instance.Spec.of("catalog", "u" + number, "h", 1));
    }

    private long write(Resource resource) {
        return store.commit(Transaction.builder()
                        .put(Keys.resource(resource), StoredResource.encode(resource))
                        .build())
                .join()
                .revision();
    }
}
