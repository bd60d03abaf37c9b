package io.tulle.testing.sockets;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Verdict;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Double-entry books of calls and attempts: what starts must end, once. Thread-safe. An entry that does not fit is kept as a mistake, and {@link #settle} throws
 * it.
 */
public final class CallBooks implements MeshListener {
    /**
     * A call that is over, all its attempts included.
     *
     * @param verdict how it ended
     * @param attempts in the order in which they ended
     */
    public record Booked(Verdict verdict, List<BookedAttempt> attempts) {}

    /**
     * An attempt that is over.
     *
     * @param number 1 for the first of its call
     * @param instance that it was sent to; empty if none was picked
     * @param status of its response; 0 if there was none
     * @param outcome how it ended
     */
    public record BookedAttempt(int number, String instance, int status, Outcome outcome) {}

    private static final class Page {
        final BitSet out = new BitSet();
        final List<BookedAttempt> attempts = new ArrayList<>();

        @Nullable
        Verdict verdict;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final IdentityHashMap<CallInfo, Page> open = new IdentityHashMap<>();
    private final List<Booked> closed = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();

    /**
     * Waits until everything that has started has ended, and returns the calls that have ended since this was called last, in the order of their ends.
     *
     * @throws AssertionError if something has not ended in time, has ended twice, or had not started
     */
    public List<Booked> settle(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (!open.isEmpty() && left > 0) {
                left = settled.awaitNanos(left);
            }
            if (!open.isEmpty()) {
                mistakes.add(open.size() + " calls are not over after " + atMost.toMillis()
                        + " ms; verdicts and attempts that are out: "
                        + open.values().stream()
                                .map(page -> page.verdict + " " + page.out)
                                .toList());
            }
            if (!mistakes.isEmpty()) {
                throw new AssertionError(String.join("\n", mistakes));
            }
            List<Booked> calls = List.copyOf(closed);
            closed.clear();
            return calls;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void callStarted(CallInfo call) {
        lock.lock();
        try {
            note(open.put(call, new Page()) == null, "a call has started twice");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
        lock.lock();
        try {
            Page page = open.get(call);
            note(page != null, "attempt " + attempt.number() + " of no call has started");
            if (page != null) {
                note(!page.out.get(attempt.number()), "attempt " + attempt.number() + " has started twice");
                page.out.set(attempt.number());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        lock.lock();
        try {
            Page page = open.get(call);
            boolean out = page != null && page.out.get(attempt.number());
            note(out, "attempt " + attempt.number() + " has ended, but was not out: " + attempt.outcome());
            if (page != null) {
                page.out.clear(attempt.number());
                page.attempts.add(new BookedAttempt(
                        attempt.number(),
                        instance(attempt),
                        attempt.status(),
                        Objects.requireNonNull(attempt.outcome())));
                turn(call, page);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void callEnded(CallInfo call) {
        lock.lock();
        try {
            Page page = open.get(call);
            note(page != null && page.verdict == null, "a call has ended that was not going on: " + call.verdict());
            if (page != null) {
                page.verdict = Objects.requireNonNull(call.verdict());
                turn(call, page);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void listenerFailed(RuntimeException failure) {
        lock.lock();
        try {
            mistakes.add("a listener failed: " + failure);
        } finally {
            lock.unlock();
        }
    }

    private static String instance(AttemptInfo attempt) {
        EndpointInfo endpoint = attempt.endpoint();
        return endpoint == null ? "" : endpoint.instanceName();
    }

    private void turn(CallInfo call, Page page) {
        Verdict verdict = page.verdict;
        if (verdict != null && page.out.isEmpty()) {
            open.remove(call);
            closed.add(new Booked(verdict, List.copyOf(page.attempts)));
            settled.signalAll();
        }
    }

    private void note(boolean fits, String mistake) {
        if (!fits) {
            mistakes.add(mistake);
        }
    }
}
