package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.testing.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final int STEPS = 20_000;

    @Test
    void manyStepsDoNotNeedADeepStackWhereWritesAreDoneAtOnce() {
        ManualClock clock = new ManualClock(1);
        MemoryVersions versions = new MemoryVersions();
        Feed feed = new Feed(versions, Runnable::run);
        Writer writer = new Writer(versions, feed, Runnable::run, clock, clock);
        List<Transaction.Put> writes = List.of(new Transaction.Put("a", new byte[0], 0));
        for (int i = 0; i < STEPS; i++) {
            StoreTck.done(writer.submit(0, batch -> batch.write(writes)));
        }
        assertThat(StoreTck.done(new Sweep(writer, feed, STEPS, 1).start())).isEqualTo(STEPS);
    }
}
