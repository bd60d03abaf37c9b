package io.tulle.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler;
import io.tulle.client.time.ThreadParker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which timers a call schedules and when it rings, on a clock that overflows meanwhile. */
class CallAlarmTest {
    private static final long START = Long.MAX_VALUE - 20;

    private final List<String> log = new ArrayList<>();
    private long now = START;
    private boolean needed = true;
    private Runnable meanwhile = () -> {};
    private final MeshRuntime runtime =
            new MeshRuntime(() -> now, this::schedule, new ThreadParker(() -> now), () -> 0);
    private final CallAlarm alarm = new CallAlarm() {
        @Override
        protected MeshRuntime runtime() {
            return runtime;
        }

        @Override
        protected boolean needsTimer() {
            meanwhile.run();
            return needed;
        }

        @Override
        protected void ring() {
            log.add("ring");
        }
    };

    private Scheduler.Timer schedule(long at, Runnable task) {
        log.add("schedule " + (at - START));
        return () -> log.add("cancel " + (at - START));
    }

    private void note(long after) {
        alarm.wakeAt(START + after);
    }

    private void armFor(long after) {
        note(after);
        alarm.arm();
    }

    private void fireAt(long after) {
        now = START + after;
        alarm.run();
    }

    @Test
    void itRingsAtItsWakeTime() {
        armFor(30);
        fireAt(30);
        assertThat(log).containsExactly("schedule 30", "ring");
    }

    @Test
    void anEarlierWakeTimeThatIsArmedWhileTheTimerFiresIsNotLost() {
        armFor(10);
        note(30);
        meanwhile = () -> armFor(25);
        fireAt(10);
        assertThat(log).endsWith("schedule 30", "cancel 25", "ring"); // the drain that follows arms again
    }

    @Test
    void aTimerThatIsScheduledAfterTheEndIsCancelled() {
        armFor(10);
        note(30);
        meanwhile = alarm::disarm;
        fireAt(10);
        assertThat(log).endsWith("schedule 30", "cancel 10", "cancel 30");
    }

    @Test
    void aLaterWakeTimeIsFoundOutWhenTheTimerFires() {
        armFor(10);
        armFor(30);
        assertThat(log).containsExactly("schedule 10");
        fireAt(10);
        assertThat(log).containsExactly("schedule 10", "schedule 30", "cancel 10");
        fireAt(30);
        assertThat(log).endsWith("ring").hasSize(4);
    }

    @Test
    void anEarlierWakeTimeReplacesTheTimer() {
        armFor(30);
        armFor(10);
        assertThat(log).containsExactly("schedule 30", "schedule 10", "cancel 30");
        fireAt(10);
        armFor(30);
        assertThat(log).endsWith("ring", "schedule 30", "cancel 10");
    }

    @Test
    void aWakeTimeThatWasGivenUpDoesNotRing() {
        armFor(10);
        alarm.wakeAt(Instants.NEVER);
        alarm.arm();
        fireAt(10);
        assertThat(log).containsExactly("schedule 10");
        armFor(30);
        alarm.disarm();
        fireAt(30);
        assertThat(log).containsExactly("schedule 10", "schedule 30", "cancel 10", "cancel 30");
        assertThat(alarm.wakeAt()).isEqualTo(Instants.NEVER);
    }

    @Test
    void aWakeTimeThatIsOnlyNotedIsNotScheduledButKept() {
        note(10);
        assertThat(log).isEmpty();
        armFor(10);
        note(30);
        fireAt(10);
        assertThat(log).containsExactly("schedule 10", "schedule 30", "cancel 10");
    }

    @Test
    void aTimerThatIsNoLongerNeededDoesNotRingAndTheNextIsScheduledAnew() {
        armFor(10);
        needed = false;
        fireAt(10);
        assertThat(log).containsExactly("schedule 10");
        needed = true;
        armFor(30);
        assertThat(log).containsExactly("schedule 10", "schedule 30", "cancel 10");
    }
}
