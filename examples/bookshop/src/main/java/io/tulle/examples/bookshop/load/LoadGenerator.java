package io.tulle.examples.bookshop.load;

import io.tulle.api.time.Parker;
import io.tulle.api.time.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests on a fixed schedule, whatever becomes of them: an open loop, as visitors are. A latency counts from the instant that the schedule
 * says, not from when the request could be sent, so that a stall shows in every request that it delayed (Tene, "How NOT to Measure Latency":
 * coordinated omission). {@link #nextPhase} and {@link #live} are for one thread.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final int STEEPNESS = 8;

    private final PageTarget target;
    private final long periodNanos;
    private final int ramp;
    private final Ticker ticker;
    private final Parker parker;
    private final LiveRecorder live = new LiveRecorder();
    private final Thread thread = new Thread(this::run, "load");
    private volatile PhaseRecorder phase = new PhaseRecorder();
    private volatile boolean closed;

    /**
     * Creates a generator that has not started.
     *
     * @param rate requests a second, more than 0
     * @param ramp how many requests to begin with are further apart, the first of them eight times, so that cold processes are not flooded
     */
    public LoadGenerator(PageTarget target, int rate, int ramp, Ticker ticker, Parker parker) {
        this.target = target;
        this.ramp = ramp;
        this.ticker = ticker;
        this.parker = parker;
        periodNanos = TimeUnit.SECONDS.toNanos(1) / rate;
        thread.setDaemon(true);
    }

    /** Starts sending. */
    public void start() {
        thread.start();
    }

    /** Ends the phase and begins another; returns the new one's recorder. */
    public PhaseRecorder nextPhase() {
        PhaseRecorder next = new PhaseRecorder();
        phase = next;
        return next;
    }

    /** Returns what ended since the last call. */
    public LiveRecorder.Interval live() {
        return live.next();
    }

    /** Stops sending; what was sent may still end. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            sendAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed while it waited: the thread ends
        }
    }

    /** Sends until it is closed. */
    void sendAll() throws InterruptedException {
        long intended = ticker.nanos();
        for (long number = 0; !closed; number++) {
            while (!closed && intended - ticker.nanos() > 0) {
                parker.parkUntil(intended);
            }
            send(number, intended);
            intended += gapNanos(number);
        }
    }

    private long gapNanos(long number) {
        return number >= ramp ? periodNanos : periodNanos + periodNanos * (STEEPNESS - 1) * (ramp - number) / ramp;
    }

    private void send(long number, long intended) {
        PhaseRecorder current = phase;
        current.sent();
        target.send(number, failure -> {
            long nanos = ticker.nanos() - intended;
            live.ended(nanos, failure != null);
            current.ended(nanos, failure);
        });
    }
}
