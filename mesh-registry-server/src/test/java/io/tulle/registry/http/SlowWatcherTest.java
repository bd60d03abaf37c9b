package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Service;
import io.tulle.client.MeshRuntime;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import io.tulle.registry.watch.HubSettings;
import io.tulle.registry.watch.WatchHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowWatcherTest {
    private static final HubSettings HASTY =
            new HubSettings(Duration.ofMillis(100), Duration.ofSeconds(2), 16, 1024 * 1024, 100);
    private static final int WRITES = 120;

    private final MeshRuntime runtime = MeshRuntime.system();
    private final Store store = MemoryStore.open(runtime.ticker(), runtime.scheduler());
    private final Catalog catalog = Catalog.load(store);
    private final WatchHub hub =
            WatchHub.start(catalog, runtime.ticker(), runtime.scheduler(), HASTY, service -> List.of());
    private final ExecutorService writers = Executors.newFixedThreadPool(2);
    private HttpShell shell;

    @BeforeEach
    void open() throws IOException {
        shell = HttpShell.open("127.0.0.1", 0, new SimpleMeterRegistry());
        shell.serve(config -> new WatchEndpoint(catalog, hub, writers).addTo(config));
    }

    @AfterEach
    void close() {
        hub.close();
        shell.close();
        writers.shutdown();
        catalog.close();
        store.close();
        runtime.close();
    }

    @Test
    void isCoalescedThenCutAndNobodyElseNotices() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + shell.port());
        try (Socket slow = new Socket();
                WatchStream fast = WatchStream.open(uri, "service=shop/catalog")) {
            fast.next(WatchLine.Type.SNAPSHOT);
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), shell.port()));
            slow.getOutputStream()
                    .write("GET /api/v1/watch?service=shop/catalog HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> hub.watchers() == 2);

            long newest = 0;
            for (int i = 0; i < WRITES; i++) {
                newest = write(i);
                assertThat(hub.queued()).isLessThanOrEqualTo(2 * 16);
                while (fast.seen() < newest) {
                    fast.nextOfAny();
                }
            }

            assertThat(hub.coalesced()).isPositive();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> hub.cut() == 1);
            assertThat(hub.watchers()).isEqualTo(1);
            long last = write(WRITES);
            while (fast.seen() < last) {
                fast.nextOfAny();
            }
            assertThat(hub.cut()).isEqualTo(1);
        }
        Awaitility.await().until(() -> {
            write(0);
            return hub.watchers() == 0; // a client that has gone is noticed by writing to it
        });
    }

    private long write(int number) {
        List<Service.Subset> subsets = IntStream.range(0, 1_000)
                .mapToObj(i -> new Service.Subset("s" + i, Map.of("version", number + "-" + i)))
                .toList();
        Service service = Service.of("shop", "catalog", new Service.Spec(Protocol.HTTP, subsets));
        return store.commit(Transaction.builder()
                        .put(Keys.resource(service), StoredResource.encode(service))
                        .build())
                .join()
                .revision();
    }
}
