package io.tulle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Outcome;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.client.tls.MeshIdentity;
import java.io.IOException;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replaces certificates and roots while calls are made, and demands that no attempt fails: so nothing is hidden by a retry. It listens to every process that
 * takes part; the server tells it whom it has {@link #met}. 20 certificates are replaced, or as many as the system property {@code tulle.rotations} says, and a
 * root once per twenty. {@link #run} is for one thread, the rest thread-safe.
 */
public final class RotationUnderLoad implements MeshListener, AutoCloseable {
    private static final int LEAVES = Integer.getInteger("tulle.rotations", 20);
    private static final int LEAVES_PER_ROOT = 20;
    private static final long PAUSE_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<Certificate> met = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();
    private final Semaphore news = new Semaphore(0);
    private final ScheduledExecutorService load =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "rotation-load"));

    /** A call from client to server. */
    @FunctionalInterface
    public interface Call {
        /**
         * Makes it and demands its answer.
         *
         * @param number how many were answered before
         * @throws Exception if it has failed
         */
        void make(int number) throws Exception;
    }

    /** A process has a new certificate. */
    @Override
    public void certificateLoaded(String id, Instant expires) {
        news.release();
    }

    /** An attempt has ended, well or not. */
    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        Outcome outcome = Objects.requireNonNull(attempt.outcome());
        if (outcome.error() != null) {
            failed("attempt: " + outcome);
        }
    }

    /** The server has met a client with this certificate. */
    public void met(Certificate client) {
        if (met.add(client)) {
            news.release();
        }
    }

    /**
     * Makes calls, one after the other, while everything in {@code domain} is replaced. Each certificate is in force in all {@code processes}, and met by the
     * server, before the next is issued.
     *
     * @throws AssertionError if anything has failed, or did not happen within 30 s
     * @throws IOException if the files cannot be written
     * @throws InterruptedException if the test is given up
     */
    public void run(TestTrustDomain domain, Call call, List<MeshIdentity> processes)
            throws IOException, InterruptedException {
        Future<?> calls = load.scheduleWithFixedDelay(() -> make(call), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        awaitMet(1);
        for (int i = 1; i <= LEAVES; i++) {
            boolean root = i % LEAVES_PER_ROOT == 0;
            if (root) {
                domain.addRoot();
                awaitInForce(domain, processes);
            }
            domain.reissue();
            awaitInForce(domain, processes);
            awaitMet(i + 1);
            if (root) {
                domain.dropOldRoots();
                awaitInForce(domain, processes);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(calls).isNotDone(); // nothing has escaped from them
        assertThat(answered.get()).isGreaterThan(LEAVES);
    }

    private void make(Call call) {
        try {
            call.make(answered.get());
            answered.incrementAndGet();
        } catch (Exception | AssertionError e) {
            failed("call: " + e + ", because of " + e.getCause());
        }
    }

    private void failed(String what) {
        failures.add(what);
        news.release();
    }

    private void awaitInForce(TestTrustDomain domain, List<MeshIdentity> processes)
            throws IOException, InterruptedException {
        await("every process has its new files", () -> {
            for (MeshIdentity process : processes) {
                if (!domain.inForce(process)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Waits until the server has met its client with each of its certificates so far. */
    private void awaitMet(int certificates) throws IOException, InterruptedException {
        await("the server has met " + certificates + " certificates", () -> met.size() == certificates);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(failures).as("failures until " + what).isEmpty();
            if (!news.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s (expected: " + what + "); met "
                        + met.size() + ", " + answered + " calls were answered");
            }
            news.drainPermits();
        }
    }

    @Override
    public void close() {
        load.shutdownNow();
    }
}
