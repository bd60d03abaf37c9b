package io.tulle.examples.bookshop.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tulle.api.time.Parker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private long now = Long.MAX_VALUE - 5 * MILLI; // overflows at once
    private final long start = now;
    private final List<Long> sentAtMillis = new ArrayList<>();
    private final AtomicReference<LoadGenerator> generator = new AtomicReference<>();
    private final Parker parker = new Parker() {
        @Override
        public void parkUntil(long untilNanos) {
            now = untilNanos;
        }

        @Override
        public void unpark(Thread thread) {
            throw new UnsupportedOperationException("nobody is woken here");
        }
    };

    /** Plays {@code last + 1} requests at 10 a second; the first keeps the sender for a second, the others take no time. */
    private PhaseRecorder stallFirst(int last) throws InterruptedException {
        PageTarget target = (number, done) -> {
            sentAtMillis.add((now - start) / MILLI);
            if (number == 0) {
                now += 1000 * MILLI;
            }
            done.ended(number == 3 ? "catalog: 503" : null);
            if (number == last) {
                generator.get().close();
            }
        };
        generator.set(new LoadGenerator(target, 10, 0, () -> now, parker));
        PhaseRecorder phase = generator.get().nextPhase();
        generator.get().sendAll();
        return phase;
    }

    @Test
    void aStallShowsInEveryRequestThatItDelayed() throws InterruptedException {
        PhaseRecorder phase = stallFirst(19);

        // 1000, 900, ... 100 ms for the ten that were due during the stall, then nothing: coordinated omission would
        // say 1000 once and 0 else
        assertThat(phase.requests()).isEqualTo(20);
        assertThat(phase.millis(100)).isCloseTo(1000, within(10.0));
        assertThat(phase.millis(75)).isCloseTo(500, within(10.0));
        assertThat(phase.millis(50)).isZero();
    }

    @Test
    void keepsToItsScheduleWhateverBecomesOfRequests() throws InterruptedException {
        stallFirst(12);

        assertThat(sentAtMillis)
                .containsExactly(
                        0L, 1000L, 1000L, 1000L, 1000L, 1000L, 1000L, 1000L, 1000L, 1000L, 1000L, 1100L, 1200L);
    }

    @Test
    void beginsSlowlyWhenItIsAskedTo() throws InterruptedException {
        PageTarget target = (number, done) -> {
            sentAtMillis.add((now - start) / MILLI);
            if (number == 5) {
                generator.get().close();
            }
        };
        generator.set(new LoadGenerator(target, 10, 4, () -> now, parker));
        generator.get().sendAll();

        assertThat(sentAtMillis).containsExactly(0L, 800L, 1425L, 1875L, 2150L, 2250L);
    }

    @Test
    void countsFailuresAndSaysWhy() throws InterruptedException {
        PhaseRecorder phase = stallFirst(9);

        assertThat(phase.failed()).isEqualTo(1);
        assertThat(phase.reason()).isEqualTo("catalog: 503");
        assertThat(phase.complete()).isTrue();
        assertThat(generator.get().live().failed()).isEqualTo(1);
        assertThat(generator.get().live().failed()).isZero();
    }

    @Test
    void aRequestBelongsToThePhaseInWhichItWasSent() throws InterruptedException {
        List<PageTarget.Done> open = new ArrayList<>();
        PageTarget target = (number, done) -> {
            open.add(done);
            generator.get().close();
        };
        generator.set(new LoadGenerator(target, 10, 0, () -> now, parker));
        PhaseRecorder first = generator.get().nextPhase();
        generator.get().sendAll();
        PhaseRecorder second = generator.get().nextPhase();

        assertThat(first.complete()).isFalse();
        open.get(0).ended(null);

        assertThat(first.complete()).isTrue();
        assertThat(first.requests()).isEqualTo(1);
        assertThat(second.requests()).isZero();
    }
}
