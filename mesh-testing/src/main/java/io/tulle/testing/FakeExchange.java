package io.tulle.testing;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.api.time.Scheduler.Timer;
import io.tulle.core.snapshot.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on the wire of a {@link FakeTransport}. Drive it by callback ({@link #start}) or by blocking ({@link #awaitHead}, {@link #awaitEnd}),
 * which moves the {@link ManualClock} on the calling thread: timers that are due earlier run on the way, and at the equal instant the wire goes first.
 * Confined to the thread that moves the clock.
 */
public final class FakeExchange implements ResponseHead {
    /** Hears what the wire does; {@link #interim} and {@link #head} at most once, {@link #end} exactly once and last. */
    public interface Receiver {
        /** An informational response (1xx) has arrived: not a head. */
        default void interim(int status) {}

        /** The head has arrived. */
        void head(ResponseHead head);

        /** The exchange is over: body complete, broken, cancelled or closed. */
        void end(Outcome outcome);
    }

    private static final Receiver NOBODY = new Receiver() {
        @Override
        public void head(ResponseHead head) {}

        @Override
        public void end(Outcome outcome) {}
    };

    private final ManualClock clock;
    private final Endpoint endpoint;
    private final Reply reply;
    private final List<Timer> planned = new ArrayList<>();
    private Receiver receiver = NOBODY;
    private boolean callbacks;
    private boolean started;
    private boolean head;
    private boolean cancelled;
    private boolean released;
    private @Nullable Outcome outcome;

    FakeExchange(ManualClock clock, Endpoint endpoint, Reply reply) {
        this.clock = clock;
        this.endpoint = endpoint;
        this.reply = reply;
    }

    /** Returns where the attempt was sent. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Returns the script. */
    public Reply reply() {
        return reply;
    }

    /** Sends, and has {@code newReceiver} told what comes back; at the earliest when the clock next moves. Once per exchange. */
    public void start(Receiver newReceiver) {
        send(newReceiver);
        callbacks = true;
    }

    private void send(Receiver newReceiver) {
        if (started) {
            throw new IllegalStateException(endpoint + ": sent twice (expected: once per exchange)");
        }
        started = true;
        receiver = newReceiver;
        if (reply.interim()) {
            plan(reply.headAfter().dividedBy(2), () -> receiver.interim(103));
        }
        Duration over = reply.headAfter().plus(reply.bodyTakes());
        if (reply.hasHead()) {
            plan(reply.headAfter(), this::deliverHead);
            plan(over, this::deliverEnd);
        } else if (reply.error() != null) {
            plan(over, this::deliverEnd);
        }
    }

    private void plan(Duration after, Runnable task) {
        planned.add(clock.scheduleIo(clock.nanos() + after.toNanos(), task));
    }

    /** Sends (if not done yet) and blocks until the head arrives (true) or the exchange has ended without one (false): see {@link #outcome}. */
    public boolean awaitHead() {
        if (!started) {
            send(NOBODY);
        }
        clock.runUntil(() -> head || outcome != null);
        return head;
    }

    /** Blocks until the body is over: read to its end, broken or cancelled. Returns how. */
    public Outcome awaitEnd() {
        clock.runUntil(() -> outcome != null);
        released = true;
        return end();
    }

    /** Stops the wire; safe at any time. A response whose head has arrived must still be closed. */
    public void cancel() {
        cancelled = true;
        if (head || !reply.deaf()) {
            finish(Outcome.failed(TransportError.CANCELLED, processed()));
        }
    }

    /** Gives the response back, read or not; idempotent. That is the application's good right: an unread rest makes the outcome no failure. */
    public void close() {
        released = true;
        if (head) {
            finish(cancelled ? Outcome.failed(TransportError.CANCELLED, Processed.YES) : Outcome.COMPLETE);
        }
    }

    /** Returns whether {@link #cancel} was called. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Returns how the exchange ended, or null before. */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    /** Returns whether nothing is left open: no head arrived and it is over, or the response was read to its end or closed. */
    public boolean released() {
        return head ? released : outcome != null || !started;
    }

    @Override
    public int status() {
        return reply.status();
    }

    @Override
    public long pushBackNanos() {
        return reply.pushBackNanos();
    }

    private Outcome end() {
        if (outcome == null) {
            throw new IllegalStateException(endpoint + ": has not ended");
        }
        return outcome;
    }

    private Processed processed() {
        return head ? Processed.YES : reply.sends() ? Processed.MAYBE : Processed.NO;
    }

    private void deliverHead() {
        head = true;
        receiver.head(this);
    }

    private void deliverEnd() {
        released |= callbacks; // a callback driver has been told; a blocking one has to read or close
        finish(reply.error() == null ? Outcome.COMPLETE : Outcome.failed(reply.error(), reply.processed()));
    }

    private void finish(Outcome how) {
        if (outcome == null) {
            outcome = how;
            planned.forEach(Timer::cancel);
            receiver.end(how);
        }
    }
}
