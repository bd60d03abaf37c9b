package io.tulle.benchmarks.balance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** A server with a few workers and a queue; 5 ms of work and a random rest of 5 ms on average. Confined to one thread. */
final class Server {
    static final int OK = 200;
    static final int UNAVAILABLE = 503;

    private static final long FIXED_NANOS = 5_000_000;
    private static final double RANDOM_NANOS = 5_000_000;
    private static final long FAST_FAILURE_NANOS = 500_000;
    private static final long STALL_EVERY_NANOS = 3_000_000_000L;
    private static final long STALL_NANOS = 500_000_000;

    private final int number;
    private final Trouble trouble;
    private final int workers;
    private final Agenda agenda;
    private final Random random;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private int busy;

    /** A request at a server. */
    interface Job {
        /** Returns whether nobody waits for the answer any more. */
        boolean abandoned();

        /** The server has answered. */
        void answered(int status);
    }

    Server(int number, Trouble trouble, int workers, Agenda agenda, Random random) {
        this.number = number;
        this.trouble = trouble;
        this.workers = workers;
        this.agenda = agenda;
        this.random = random;
    }

    void accept(Job job) {
        if (trouble == Trouble.SWALLOWS && trouble.strikes(number)) {
            return;
        }
        if (trouble == Trouble.FAILS_FAST && trouble.strikes(number)) {
            agenda.at(agenda.nanos() + FAST_FAILURE_NANOS, () -> job.answered(UNAVAILABLE));
        } else if (busy < workers) {
            busy++;
            work(job);
        } else {
            waiting.add(job);
        }
    }

    private void work(Job job) {
        agenda.at(finish(agenda.nanos()), () -> {
            job.answered(OK);
            next();
        });
    }

    private void next() {
        Job job = waiting.poll();
        while (job != null && job.abandoned()) {
            job = waiting.poll();
        }
        if (job == null) {
            busy--;
        } else {
            work(job);
        }
    }

    private long finish(long start) {
        double nanos = FIXED_NANOS - Math.log(1 - random.nextDouble()) * RANDOM_NANOS;
        long work = (long) (nanos * trouble.slowness(number, start));
        return trouble == Trouble.STALLS && trouble.strikes(number) ? finishWithStalls(start, work) : start + work;
    }

    /** Work rests in the first part of each period. */
    private static long finishWithStalls(long start, long work) {
        long now = start;
        long left = work;
        while (true) {
            long phase = now % STALL_EVERY_NANOS;
            if (phase < STALL_NANOS) {
                now += STALL_NANOS - phase;
                phase = STALL_NANOS;
            }
            long room = STALL_EVERY_NANOS - phase;
            if (left < room) {
                return now + left;
            }
            left -= room;
            now += room;
        }
    }
}
