package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Route;
import io.tulle.api.time.Instants;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.ScriptedCall.Head;
import io.tulle.core.fixture.TestRequest;
import io.tulle.core.fixture.Threads;
import io.tulle.core.snapshot.Reachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CallLoopTest {
    private static final Head OK = new Head(200, -1);

    private final Rig rig = new Rig(5)
            .instances("a", "b")
            .retry(Route.Retry.builder().attemptTimeout(Duration.ofMillis(100)).build())
            .apply();
    private final Fake driver = new Fake();
    private final CallLoop loop = driver.loop;

    /** Notes what it is told, and does in each callback what a test wants. */
    private final class Fake implements CallLoop.Driver {
        final List<String> told = new ArrayList<>();
        final CallLoop loop = new CallLoop(
                rig.engine.newCall("shop", rig.shop(), TestRequest.get("/"), MeshCallOptions.DEFAULT), this, rig.clock);
        Consumer<Attempt> onDispatch = attempt -> {};
        Consumer<Attempt> onCancel = attempt -> {};
        Runnable onCommit = () -> {};
        Runnable onComplete = () -> {};
        Runnable onAwait = () -> {};

        private void note(String what) {
            told.add(what);
        }

        @Override
        public void dispatch(Attempt attempt) {
            note("dispatch " + attempt.number());
            attempt.pick(Reachable.ALL, rig.clock.nanos());
            onDispatch.accept(attempt);
        }

        @Override
        public void cancel(Attempt attempt) {
            note("cancel " + attempt.number());
            onCancel.accept(attempt);
        }

        @Override
        public void commit(Attempt attempt) {
            note("commit " + attempt.number());
            onCommit.run();
        }

        @Override
        public void complete() {
            note("complete " + loop.machine().verdict());
            onComplete.run();
        }

        @Override
        public void await(long wakeAtNanos) {
            note("await " + (wakeAtNanos - rig.clock.nanos()) / 1_000_000);
            onAwait.run();
        }
    }

    private Attempt current() {
        return loop.machine().subject();
    }

    @Test
    void handsCommandsToTheDriverAndThenWaits() {
        loop.start();
        loop.head(current(), OK);
        loop.end(current(), Outcome.COMPLETE);
        assertThat(driver.told)
                .containsExactly("dispatch 1", "await 100", "commit 1", "await 15000", "complete SUCCESS");
    }

    @Test
    void eventsPostedInACallbackAreHandledAfterItReturns() {
        driver.onDispatch = attempt -> {
            loop.head(attempt, OK);
            loop.end(attempt, Outcome.COMPLETE);
            driver.note("dispatched");
        };
        driver.onCommit = () -> driver.note("committed");
        loop.start();
        assertThat(driver.told)
                .containsExactly("dispatch 1", "dispatched", "commit 1", "committed", "complete SUCCESS");
    }

    @Test
    void anEventPostedWhileWaitingIsAskedForIsHandledAtOnce() {
        driver.onAwait = () -> {
            if (driver.told.size() == 2) {
                loop.cancel();
            }
        };
        driver.onCancel = attempt -> loop.end(attempt, Outcome.NOT_SENT);
        loop.start();
        assertThat(driver.told).containsExactly("dispatch 1", "await 100", "cancel 1", "complete CANCELLED");
        assertThat(rig.inFlight()).isZero();
    }

    @Test
    void anOutcomeThatWaitsWithATimerGoesFirst() {
        driver.onDispatch = attempt -> {
            rig.clock.advance(Duration.ofMillis(100));
            loop.timer();
            loop.head(attempt, OK);
        };
        loop.start();
        assertThat(driver.told).containsExactly("dispatch 1", "commit 1", "await 14900");
        loop.end(current(), Outcome.COMPLETE);
    }

    @Test
    void anOutcomePostedWhileAnotherIsHandledGoesBeforeATimerThatWaited() {
        driver.onDispatch = attempt -> {
            rig.clock.advance(Duration.ofSeconds(15));
            loop.timer();
            loop.timer();
            loop.head(attempt, OK);
        };
        driver.onCommit = () -> loop.end(current(), Outcome.COMPLETE);
        loop.start();
        assertThat(driver.told).containsExactly("dispatch 1", "commit 1", "complete SUCCESS");
    }

    @Test
    void aTimerThatWaitsIsHandledInTheEnd() {
        driver.onDispatch = attempt -> {
            if (attempt.number() == 1) {
                rig.clock.advance(Duration.ofMillis(100));
                loop.timer();
            }
        };
        loop.start();
        assertThat(driver.told).containsExactly("dispatch 1", "cancel 1", "await 14900");
        loop.cancel();
        loop.end(current(), Outcome.NOT_SENT);
    }

    @Test
    void aTimerAloneIsHandled() {
        loop.start();
        rig.clock.advance(Duration.ofMillis(100));
        loop.timer();
        assertThat(driver.told).containsExactly("dispatch 1", "await 100", "cancel 1", "await 14900");
        loop.end(current(), Outcome.failed(TransportError.CANCELLED, Processed.MAYBE));
        rig.clock.advance(Duration.ofSeconds(15));
        loop.wake();
        assertThat(driver.told).endsWith("complete DEADLINE_EXCEEDED");
    }

    @Test
    void eventsOfOneThreadKeepTheirOrder() {
        driver.onDispatch = attempt -> {
            loop.head(attempt, new Head(404, -1));
            loop.head(attempt, OK);
            loop.end(attempt, Outcome.COMPLETE);
        };
        loop.start();
        assertThat(loop.machine().status()).isEqualTo(404);
    }

    @Test
    void anExceptionOfTheDriverReachesTheCallerAndDoesNotWedgeTheLoop() {
        driver.onDispatch = attempt -> {
            throw new IllegalStateException("no socket");
        };
        assertThatThrownBy(loop::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no socket");
        driver.onCancel = attempt -> loop.end(attempt, Outcome.NOT_SENT);
        loop.cancel();
        assertThat(driver.told).containsExactly("dispatch 1", "cancel 1", "complete CANCELLED");
        assertThat(rig.inFlight()).isZero();
    }

    @Test
    void anExceptionLosesNoEventThatWaits() {
        driver.onDispatch = attempt -> {
            loop.head(attempt, OK);
            loop.timer();
            loop.end(attempt, Outcome.COMPLETE);
        };
        driver.onCommit = () -> {
            throw new IllegalStateException("the caller's callback broke");
        };
        driver.onComplete = () -> {
            throw new IllegalStateException("this one too");
        };
        assertThatThrownBy(loop::start)
                .hasMessage("the caller's callback broke")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("this one too"));
        assertThat(driver.told).containsExactly("dispatch 1", "commit 1", "complete SUCCESS");
        assertThat(rig.inFlight()).isZero();
        rig.journal.assertPaired();
    }

    @Test
    void theSameExceptionThrownTwiceIsPassedOnOnce() {
        IllegalStateException broken = new IllegalStateException("broken");
        driver.onDispatch = attempt -> {
            loop.head(attempt, OK);
            throw broken;
        };
        driver.onCommit = () -> {
            throw broken;
        };
        assertThatThrownBy(loop::start).isSameAs(broken).hasNoSuppressedExceptions();
        loop.end(current(), Outcome.COMPLETE);
        assertThat(driver.told).endsWith("complete SUCCESS");
    }

    @Test
    void anErrorWhileWaitingIsAskedForLeavesTheLoopUsable() {
        driver.onAwait = () -> {
            throw new AssertionError("no timer");
        };
        assertThatThrownBy(loop::start).isInstanceOf(AssertionError.class);
        driver.onAwait = () -> {};
        loop.head(current(), OK);
        loop.end(current(), Outcome.COMPLETE);
        assertThat(driver.told).endsWith("complete SUCCESS");
    }

    @Test
    void threadsNeverOverlapInTheDriverAndLoseNothing() throws Exception {
        for (int round = 0; round < 300; round++) {
            Busy busy = new Busy();
            busy.loop.start();
            Threads.together(
                    4, index -> busy.disturb(index, ThreadLocalRandom.current().nextInt(3)));
            busy.loop.cancel();
            assertThat(busy.overlaps).hasValue(0);
            assertThat(busy.completed).hasValue(1);
            assertThat(busy.ends).hasValue(busy.loop.machine().attempts());
        }
        assertThat(rig.inFlight()).isZero();
        rig.journal.assertPaired();
    }

    /** A driver that is disturbed from several threads; each of its attempts is ended by one of them, or by its cancellation. */
    private final class Busy implements CallLoop.Driver {
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger overlaps = new AtomicInteger();
        final AtomicInteger completed = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        final AtomicInteger endsOwed = new AtomicInteger();
        final CallLoop loop = new CallLoop(
                rig.engine.newCall("shop", rig.shop(), TestRequest.get("/"), MeshCallOptions.DEFAULT), this, rig.clock);
        volatile Attempt attempt;

        private void exclusively(Runnable task) {
            overlaps.addAndGet(inside.getAndIncrement());
            task.run();
            inside.decrementAndGet();
        }

        void disturb(int index, int what) {
            for (int i = 0; i < 20; i++) {
                loop.timer();
                loop.wake();
                Attempt now = attempt;
                if (index == 0 && what == 0 && i == 10) {
                    loop.cancel();
                }
                if (index == 1 && what == 1) {
                    loop.head(now, new Head(503, -1));
                }
                if (index == 2) {
                    loop.head(now, OK);
                }
                if (index == 3 && i % 5 == 0) {
                    end(now, Outcome.failed(TransportError.RESET, Processed.NO));
                }
            }
        }

        private void end(Attempt ended, Outcome outcome) {
            // Each attempt is ended by whoever asks first.
            if (endsOwed.compareAndSet(ended.number(), -ended.number())) {
                ends.incrementAndGet();
                loop.end(ended, outcome);
            }
        }

        @Override
        public void dispatch(Attempt next) {
            exclusively(() -> {
                next.pick(Reachable.ALL, rig.clock.nanos());
                endsOwed.set(next.number());
                attempt = next;
            });
        }

        @Override
        public void cancel(Attempt cancelled) {
            exclusively(() -> end(cancelled, Outcome.NOT_SENT));
        }

        @Override
        public void commit(Attempt committed) {
            exclusively(() -> end(committed, Outcome.COMPLETE));
        }

        @Override
        public void complete() {
            exclusively(completed::incrementAndGet);
        }

        @Override
        public void await(long wakeAtNanos) {
            exclusively(() -> {});
        }
    }

    @Test
    void workRunsInTurnWithTheEvents() {
        driver.onDispatch = attempt -> {
            loop.run(() -> driver.note("work"));
            driver.note("dispatched");
        };
        loop.start();
        loop.run(() -> driver.note("more"));
        assertThat(driver.told).containsExactly("dispatch 1", "dispatched", "work", "await 100", "more", "await 100");
        loop.cancel();
    }

    @Test
    void workThatCannotWaitRunsAtOnceOrNot() {
        driver.onDispatch = attempt ->
                assertThat(loop.tryRun(() -> driver.note("while draining"))).isFalse();
        loop.start();
        assertThat(loop.tryRun(() -> {
                    driver.note("at once");
                    loop.cancel();
                }))
                .isTrue();
        assertThat(driver.told).containsExactly("dispatch 1", "await 100", "at once", "cancel 1", "complete CANCELLED");
        loop.end(current(), Outcome.NOT_SENT);
    }

    @Test
    void theDeadlineCanBeRead() {
        assertThat(loop.machine().deadlineNanos()).isEqualTo(Instants.NEVER);
        loop.start();
        assertThat(loop.machine().deadlineNanos() - rig.clock.nanos())
                .isEqualTo(Duration.ofSeconds(15).toNanos());
        loop.cancel();
    }

    @Test
    void theMachineCanBeRead() {
        assertThat(loop.machine().verdict()).isNull();
        loop.cancel();
        assertThat(loop.machine().verdict()).isEqualTo(Verdict.CANCELLED);
    }
}
