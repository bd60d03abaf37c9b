package io.tulle.registry.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import io.tulle.testing.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpkeepTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PERIOD = LEASE.multipliedBy(2);

    private final ManualClock clock = new ManualClock(7);
    private final Store store = MemoryStore.open(clock, clock);
    private final Catalog catalog = Catalog.load(store);
    private boolean broken;

    @AfterEach
    void close() {
        catalog.close();
        store.close();
    }

    @Test
    void whatIsOldIsForgottenThoughMuchThatIsYoungComesBeforeIt() {
        Upkeep upkeep = Upkeep.start(store, catalog, clock, clock, LEASE);
        mark("z");
        clock.advance(PERIOD);
        for (int i = 0; i < Transaction.MOST_WRITES; i++) {
            mark(String.format(Locale.ROOT, "a%03d", i));
        }
        clock.advance(PERIOD);

        assertThat(markers()).hasSize(Transaction.MOST_WRITES).noneMatch(key -> key.endsWith("z"));
        upkeep.close();
    }

    @Test
    void aReadThatFailsIsTriedAgainNextTime() {
        Upkeep upkeep = Upkeep.start(breakable(), catalog, clock, clock, LEASE);
        mark("one");
        clock.advance(PERIOD);
        broken = true;
        assertThatThrownBy(() -> clock.advance(PERIOD)).hasMessage("the disk does not answer");
        assertThat(markers()).hasSize(1);
        broken = false;
        clock.advance(PERIOD);

        assertThat(markers()).isEmpty();
        upkeep.close();
    }

    private void mark(String instance) {
        store.commit(Transaction.builder()
                        .put(Keys.GONE + "shop/catalog/" + instance, new byte[] {'{', '}'})
                        .build())
                .join();
    }

    private List<String> markers() {
        return store.range(Keys.GONE, "", 1_000, 0).entries().stream()
                .map(Entry::key)
                .toList();
    }

    private Store breakable() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (broken && method.getName().equals("range")) {
                        throw new IllegalStateException("the disk does not answer");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
