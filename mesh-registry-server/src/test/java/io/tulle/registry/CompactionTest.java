package io.tulle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Transaction;
import io.tulle.testing.ManualClock;
import org.junit.jupiter.api.Test;

class CompactionTest {
    private final ManualClock clock = new ManualClock(1);
    private final MemoryStore store = MemoryStore.open(clock, clock);

    @Test
    void keepsTheNewestRevisions() {
        Compaction compaction = Compaction.start(store, clock, clock);
        write(Compaction.KEPT);

        clock.advance(Compaction.PERIOD);
        assertThat(store.compacted()).isZero();

        write(5);
        clock.advance(Compaction.PERIOD);
        assertThat(store.compacted()).isEqualTo(5);

        write(2);
        compaction.close();
        clock.advance(Compaction.PERIOD);
        assertThat(store.compacted()).isEqualTo(5);
    }

    private void write(long revisions) {
        for (long i = 0; i < revisions; i++) {
            assertThat(store.commit(
                            Transaction.builder().put("r/key", new byte[1]).build()))
                    .isCompleted();
        }
    }
}
