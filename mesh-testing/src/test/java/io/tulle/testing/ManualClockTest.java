package io.tulle.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tulle.api.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock(7);
    private final List<String> ran = new ArrayList<>();

    @Test
    void startsWhereReadingsOverflowForSomeSeeds() {
        assertThat(LongStream.range(0, 50)
                        .map(seed -> new ManualClock(seed).nanos())
                        .boxed()
                        .toList())
                .anyMatch(origin -> origin + SECOND.toNanos() * 2 < 0 && origin > 0)
                .anyMatch(origin -> origin < 0 && origin + SECOND.toNanos() * 2 > 0);
    }

    @Test
    void sameSeedGivesTheSameOrigin() {
        assertThat(new ManualClock(7).nanos()).isEqualTo(clock.nanos());
    }

    @Test
    void neverRunsATaskInline() {
        clock.schedule(clock.nanos() - 1, () -> ran.add("past"));
        assertThat(ran).isEmpty();
        clock.advance(Duration.ZERO);
        assertThat(ran).containsExactly("past");
    }

    @Test
    void runsTasksInOrderOfTimeThenOfScheduling() {
        for (long seed = 0; seed < 20; seed++) {
            ManualClock each = new ManualClock(seed);
            List<String> order = new ArrayList<>();
            at(each, 2000, order, "c");
            at(each, 1000, order, "a");
            at(each, 1000, order, "b");
            each.advance(SECOND.multipliedBy(3));
            assertThat(order).containsExactly("a", "b", "c");
        }
    }

    @Test
    void atOneInstantTheWireGoesFirstThenTheCallerThenTimers() {
        long then = clock.nanos() + 10;
        clock.schedule(then, () -> ran.add("timer"));
        clock.scheduleCaller(then, () -> ran.add("caller"));
        clock.scheduleIo(then, () -> ran.add("wire"));
        clock.advanceTo(then);
        assertThat(ran).containsExactly("wire", "caller", "timer");
    }

    @Test
    void tasksSeeTheirInstantAndMayScheduleMore() {
        long start = clock.nanos();
        clock.schedule(start + 5, () -> {
            assertThat(clock.nanos()).isEqualTo(start + 5);
            clock.schedule(start + 6, () -> ran.add("second"));
        });
        clock.advanceTo(start + 6);
        assertThat(ran).containsExactly("second");
        assertThat(clock.elapsed()).isEqualTo(Duration.ofNanos(6));
    }

    @Test
    void cancelledTasksDoNotRun() {
        Scheduler.Timer timer = clock.schedule(clock.nanos() + 1, () -> ran.add("cancelled"));
        timer.cancel();
        timer.cancel();
        clock.advance(SECOND);
        assertThat(ran).isEmpty();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void runUntilLeavesTheRestOfTheInstant() {
        long then = clock.nanos() + 10;
        clock.schedule(then, () -> ran.add("first"));
        clock.schedule(then, () -> ran.add("second"));
        clock.runUntil(() -> !ran.isEmpty());
        assertThat(ran).containsExactly("first");
        clock.advance(Duration.ZERO);
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void runUntilSaysWhenNothingCanCome() {
        assertThatIllegalStateException()
                .isThrownBy(() -> clock.runUntil(() -> false))
                .withMessageContaining("nothing is scheduled any more");
    }

    @Test
    void parkingMovesTimeAndRunsWhatFallsDue() throws InterruptedException {
        long then = clock.nanos() + 100;
        clock.schedule(then - 50, () -> ran.add("on the way"));
        clock.schedule(then + 1, () -> ran.add("too late"));
        clock.parkUntil(then);
        assertThat(clock.nanos()).isEqualTo(then);
        assertThat(ran).containsExactly("on the way");
    }

    @Test
    void unparkEndsAParkEarly() throws InterruptedException {
        long start = clock.nanos();
        clock.schedule(start + 10, () -> clock.unpark(Thread.currentThread()));
        clock.parkUntil(Long.MAX_VALUE);
        assertThat(clock.nanos()).isEqualTo(start + 10);
        assertThat(clock.pending()).isZero();
    }

    @Test
    void unparkBeforehandLetsTheNextParkReturnAtOnce() throws InterruptedException {
        long start = clock.nanos();
        clock.unpark(Thread.currentThread());
        clock.parkUntil(start + 10);
        assertThat(clock.nanos()).isEqualTo(start);
    }

    private static void at(ManualClock clock, long millis, List<String> order, String name) {
        clock.schedule(clock.nanos() + Duration.ofMillis(millis).toNanos(), () -> order.add(name));
    }
}
