package io.tulle.client.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wheel in virtual time: a tick is 10, a turn is 8 ticks. */
class TimerWheelTest {
    private static final long TICK = 10;
    private static final int BUCKETS = 8;

    private final List<String> ran = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private long origin = new Random(5).nextLong();
    private TimerWheel wheel = new TimerWheel(origin, TICK, BUCKETS, 2);

    @Test
    void runsNothingEarlyAndEverythingWithinATick() {
        for (int delay = 0; delay <= 3 * TICK * BUCKETS; delay++) {
            TimerWheel fresh = new TimerWheel(origin, TICK, BUCKETS, 2);
            List<Long> at = new ArrayList<>();
            long now = origin;
            fresh.schedule(origin + delay, () -> at.add(0L));
            while (at.isEmpty()) {
                now++;
                fresh.expire(now, failures::add);
            }
            assertThat(now - origin).as("delay %d", delay).isBetween((long) delay, delay + TICK);
        }
    }

    @Test
    void runsWhatIsDueInThePastAtTheNextTick() {
        wheel.expire(origin + 95, failures::add);
        schedule("past", -500);
        expire(99);
        assertThat(ran).isEmpty();
        expire(100);
        assertThat(ran).containsExactly("past");
        assertThat(wheel.size()).isZero();
    }

    @Test
    void aCancelledTimerDoesNotRunAndIsForgotten() {
        Scheduler.Timer timer = schedule("a", 30);
        schedule("b", 30);
        timer.cancel();
        timer.cancel();
        assertThat(wheel.size()).isEqualTo(1);
        expire(30);
        assertThat(ran).containsExactly("b");
        timer.cancel();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void aTimerCanBeCancelledByOneThatIsDueWithIt() {
        List<Scheduler.Timer> timers = new ArrayList<>();
        wheel.schedule(origin + 30, () -> timers.forEach(Scheduler.Timer::cancel));
        timers.add(schedule("late", 30));
        expire(30);
        assertThat(ran).isEmpty();
    }

    @Test
    void aTaskMaySchedule() {
        wheel.schedule(origin + 10, () -> schedule("next", 20));
        expire(10);
        expire(19);
        assertThat(ran).isEmpty();
        expire(20);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void timersOfLaterTurnsStay() {
        schedule("first", 20);
        schedule("second", 20 + TICK * BUCKETS);
        schedule("tenth", 20 + 9 * TICK * BUCKETS);
        expire(20);
        assertThat(ran).containsExactly("first");
        expire(20 + TICK * BUCKETS);
        assertThat(ran).containsExactly("first", "second");
        expire(19 + 9 * TICK * BUCKETS);
        assertThat(ran).hasSize(2);
        expire(20 + 9 * TICK * BUCKETS);
        assertThat(ran).endsWith("tenth");
    }

    @Test
    void aLongPauseLosesNothing() {
        for (int delay = 1; delay <= 500; delay++) {
            schedule("t" + delay, delay);
        }
        expire(100_000);
        assertThat(ran).hasSize(500);
        schedule("after", 100_005);
        expire(100_010);
        assertThat(ran).endsWith("after");
    }

    @Test
    void aTaskThatThrowsStopsNoOther() {
        wheel.schedule(origin + 10, () -> {
            throw new IllegalStateException("broken");
        });
        wheel.schedule(origin + 10, () -> {
            throw new StackOverflowError();
        });
        schedule("fine", 10);
        expire(10);
        assertThat(ran).containsExactly("fine");
        assertThat(failures).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 35, Long.MIN_VALUE, -7, 0})
    void theClockMayOverflow(long start) {
        origin = start;
        wheel = new TimerWheel(origin, TICK, BUCKETS, 1);
        schedule("a", 30);
        schedule("b", 60);
        schedule("far", Long.MAX_VALUE);
        expire(29);
        assertThat(ran).isEmpty();
        expire(30);
        assertThat(ran).containsExactly("a");
        expire(60);
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void behavesAsASortedListDoes() {
        for (long seed = 0; seed < 300; seed++) {
            new Comparison(seed).run();
        }
    }

    private Scheduler.Timer schedule(String name, long delay) {
        return wheel.schedule(origin + delay, () -> ran.add(name));
    }

    private void expire(long after) {
        wheel.expire(origin + after, failures::add);
    }

    /** Random operations on a wheel and on a plain model of it. */
    private static final class Comparison {
        private final Random random;
        private final long seed;
        private final TimerWheel wheel;
        private final TreeMap<Integer, Long> pending = new TreeMap<>();
        private final TreeMap<Integer, Scheduler.Timer> timers = new TreeMap<>();
        private final List<Integer> fired = new ArrayList<>();
        private long now;
        private int next;

        Comparison(long seed) {
            this.seed = seed;
            random = new Random(seed);
            now = random.nextLong();
            wheel = new TimerWheel(now, TICK, BUCKETS, 1);
        }

        void run() {
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> schedule();
                    case 2 -> cancel();
                    default -> advance();
                }
                assertThat(wheel.size()).as("seed %d", seed).isEqualTo(pending.size());
            }
        }

        private void schedule() {
            int id = next++;
            long at = now + random.nextInt(300) - 20;
            pending.put(id, at);
            timers.put(id, wheel.schedule(at, () -> fired.add(id)));
        }

        private void cancel() {
            if (next > 0) {
                int id = random.nextInt(next);
                timers.get(id).cancel();
                pending.remove(id);
            }
        }

        private void advance() {
            now += random.nextInt(40);
            fired.clear();
            wheel.expire(now, failure -> {
                throw new AssertionError(failure);
            });
            for (int id : fired) {
                assertThat(now - pending.remove(id)).as("seed %d: early", seed).isNotNegative();
            }
            assertThat(pending.values())
                    .as("seed %d: late", seed)
                    .allSatisfy(at -> assertThat(now - at).isLessThan(TICK + 20));
        }
    }
}
