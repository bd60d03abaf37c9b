package io.tulle.registry.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArrearsTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String CATALOG = "shop/catalog";

    private final Arrears arrears = new Arrears(LEASE);
    private long now = Long.MAX_VALUE - Duration.ofSeconds(45).toNanos(); // overflows on the way

    @Test
    void aLineThatNobodyAcknowledgesForALeaseIsDueOnce() {
        assertThat(renew(0, 7, 5)).isEmpty();
        assertThat(renew(29, 7, 5)).isEmpty();
        assertThat(renew(1, 7, 5)).containsExactly(CATALOG);
        assertThat(renew(10, 7, 5)).isEmpty();
        assertThat(renew(20, 7, 5)).containsExactly(CATALOG);
        assertThat(renew(10, 7, 7)).isEmpty();
        assertThat(renew(60, 7, 7)).isEmpty();
    }

    @Test
    void whoMovesOnIsNotInArrears() {
        for (int revision = 5; revision < 20; revision++) {
            assertThat(renew(10, revision + 1, revision)).isEmpty();
        }
    }

    @Test
    void nothingIsDueOfAServiceThatWasLeftOrNeverWas() {
        assertThat(renew(0, 7, 5)).isEmpty();
        now += LEASE.toNanos();

        assertThat(arrears.due("s", List.of("shop/other"), Map.of(), state(7), now))
                .isEmpty();
        assertThat(renew(1, 7, 5)).isEmpty();
    }

    private Set<String> renew(long secondsLater, long lastChange, long applied) {
        now += Duration.ofSeconds(secondsLater).toNanos();
        return arrears.due("s", List.of(CATALOG), Map.of(CATALOG, applied), state(lastChange), now);
    }

    private static CatalogState state(long lastChange) {
        return new CatalogState(
                lastChange, Map.of(CATALOG, new ServiceView(CATALOG, lastChange, List.of(), List.of())));
    }
}
