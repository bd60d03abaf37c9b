package io.tulle.testing.sim;

import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.IntConsumer;

/** A server with a few workers and a queue; a request takes 5 ms and an exponential time with a mean of 5 ms. */
final class Server {
    private static final double HALF_MEAN_NANOS = 5_000_000;
    private static final Duration FAST = Duration.ofNanos(500_000);

    private final ManualClock clock;
    private final SimRandom random;
    private final int workers;
    private final ArrayDeque<Work> queue = new ArrayDeque<>();
    private int busy;
    double slowness = 1;
    boolean failsFast;
    boolean swallows;
    long served;

    /** One request. */
    static final class Work {
        private final IntConsumer answer;
        boolean abandoned;

        Work(IntConsumer answer) {
            this.answer = answer;
        }
    }

    Server(ManualClock clock, SimRandom random, int workers) {
        this.clock = clock;
        this.random = random;
        this.workers = workers;
    }

    /** Takes a request; {@code answer} gets the status, unless it was abandoned meanwhile. */
    Work take(IntConsumer answer) {
        Work work = new Work(answer);
        served++;
        if (swallows) {
            return work;
        }
        if (failsFast) {
            after(FAST.toNanos(), () -> reply(work, 500));
        } else if (busy < workers) {
            busy++;
            begin(work);
        } else {
            queue.add(work);
        }
        return work;
    }

    private void begin(Work work) {
        after((long) (slowness * HALF_MEAN_NANOS * (1 + random.exponential())), () -> {
            reply(work, 200);
            Work next = queue.poll();
            while (next != null && next.abandoned) {
                next = queue.poll();
            }
            if (next == null) {
                busy--;
            } else {
                begin(next);
            }
        });
    }

    private static void reply(Work work, int status) {
        if (!work.abandoned) {
            work.answer.accept(status);
        }
    }

    private void after(long nanos, Runnable task) {
        clock.scheduleIo(clock.nanos() + nanos, task);
    }
}
