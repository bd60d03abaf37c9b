package io.tulle.core.call;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.time.Instants;
import io.tulle.api.time.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Feeds events from any thread to a {@link CallMachine} and its commands to a {@link Driver}, one at a time: the drain queue that every driver uses.
 * (The shape of gRPC's SynchronizationContext, without owning a thread or holding a lock.)
 *
 * <p>Guarantees: machine and driver callbacks run on one thread at a time, with a happens-before edge from each to the next; events posted by one thread
 * are handled in that thread's order; of events that wait together, outcomes go before timers. An event posted while nobody drains is handled before the
 * posting method returns, without an allocation.
 */
public final class CallLoop {
    /** Executes commands. Called by whichever thread drains; it must not block, and it may post events, which are handled after it returns. */
    public interface Driver {
        /** Let {@code attempt} pick, and send it. When it cannot pick, post its end. */
        void dispatch(Attempt attempt);

        /** Cancel {@code attempt}; then post its end, if that is not done already. */
        void cancel(Attempt attempt);

        /** Hand {@code attempt}'s response to the caller. */
        void commit(Attempt attempt);

        /** The call is decided. */
        void complete();

        /** Nothing to do for now: see that {@link CallLoop#timer} is called at {@code wakeAtNanos}, unless that is {@link Instants#NEVER}. */
        void await(long wakeAtNanos);
    }

    private static final VarHandle INBOX;

    static {
        try {
            INBOX = MethodHandles.lookup().findVarHandle(CallLoop.class, "inbox", Event.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Kind {
        START,
        HEAD,
        END,
        TIMER,
        WAKE,
        CANCEL,
        WORK
    }

    /** An event that could not be handled at once; a stack through {@code below}. */
    private static final class Event {
        final @Nullable Kind kind;
        final @Nullable Attempt attempt;
        final @Nullable Object fact;
        final long now;

        @Nullable
        Event below;

        Event(@Nullable Kind kind, @Nullable Attempt attempt, @Nullable Object fact, long now) {
            this.kind = kind;
            this.attempt = attempt;
            this.fact = fact;
            this.now = now;
        }
    }

    /** In the inbox while somebody drains and nothing waits; the bottom of the stack otherwise. */
    private static final Event DRAINING = new Event(null, null, null, 0);

    private final CallMachine machine;
    private final Driver driver;
    private final Ticker ticker;

    /** Null: idle. DRAINING: somebody drains. Another: somebody drains, and these wait. */
    private volatile @Nullable Event inbox;

    // Taken from the inbox and not yet handled; touched by the draining thread only.
    private @Nullable Event ready;
    private @Nullable Event timers;

    /** Creates a loop around a machine that has not started. */
    public CallLoop(CallMachine machine, Driver driver, Ticker ticker) {
        this.machine = machine;
        this.driver = driver;
        this.ticker = ticker;
    }

    /** Returns the machine, to be read by the draining thread, or by anybody after COMPLETE. */
    public CallMachine machine() {
        return machine;
    }

    /** Starts the call. */
    public void start() {
        post(Kind.START, null, null);
    }

    /** The head of an attempt's response has arrived. */
    public void head(Attempt attempt, ResponseHead head) {
        post(Kind.HEAD, attempt, head);
    }

    /** An attempt has ended; exactly once per attempt. */
    public void end(Attempt attempt, Outcome outcome) {
        post(Kind.END, attempt, outcome);
    }

    /** The instant given to {@link Driver#await} has come. */
    public void timer() {
        post(Kind.TIMER, null, null);
    }

    /** A stage that made the call wait lets it go on. */
    public void wake() {
        post(Kind.WAKE, null, null);
    }

    /** The caller gives up. */
    public void cancel() {
        post(Kind.CANCEL, null, null);
    }

    /** Runs {@code work} of the driver in turn with the events: what it sends and asks for on behalf of the application. It must not throw. */
    public void run(Runnable work) {
        post(Kind.WORK, null, work);
    }

    /**
     * Runs {@code work} before it returns, as {@link #run} does; unless somebody drains, possibly this very thread: then it does nothing. For answers that
     * a client library wants at once, and that must not be waited for.
     *
     * @return whether {@code work} has run
     */
    public boolean tryRun(Runnable work) {
        if (!INBOX.compareAndSet(this, null, DRAINING)) {
            return false;
        }
        drain(Kind.WORK, null, work, ticker.nanos());
        return true;
    }

    private void post(Kind kind, @Nullable Attempt attempt, @Nullable Object fact) {
        long now = ticker.nanos();
        Event event = null;
        while (true) {
            Event waiting = inbox;
            if (waiting == null) {
                if (INBOX.compareAndSet(this, null, DRAINING)) {
                    drain(kind, attempt, fact, now);
                    return;
                }
            } else {
                event = event == null ? new Event(kind, attempt, fact, now) : event;
                event.below = waiting;
                if (INBOX.compareAndSet(this, waiting, event)) {
                    return;
                }
            }
        }
    }

    private void drain(Kind first, @Nullable Attempt attempt, @Nullable Object fact, long now) {
        try {
            handle(first, attempt, fact, now);
            drainWaiting();
        } catch (RuntimeException | Error e) {
            drainAfter(e);
            throw e;
        }
    }

    private void drainWaiting() {
        while (true) {
            while (waiting()) {
                handleWaiting();
            }
            if (machine.verdict() == null) {
                driver.await(machine.wakeAtNanos());
            }
            if (INBOX.compareAndSet(this, DRAINING, null)) {
                return;
            }
        }
    }

    /** Handles what waits although driver or machine has thrown: no attempt's end may get lost, nor may the loop stay taken. */
    @SuppressWarnings("ReferenceEquality") // an exception cannot suppress itself
    private void drainAfter(Throwable failure) {
        while (waiting() || !INBOX.compareAndSet(this, DRAINING, null)) {
            try {
                handleWaiting();
            } catch (RuntimeException | Error e) {
                if (e != failure) {
                    failure.addSuppressed(e);
                }
            }
        }
    }

    private boolean waiting() {
        return ready != null || timers != null || inbox != DRAINING;
    }

    private void handleWaiting() {
        if (ready == null) {
            takeInbox();
        }
        Event event = ready;
        if (event != null) {
            ready = event.below;
            handle(event);
            return;
        }
        event = timers;
        if (event != null) {
            timers = event.below;
            handle(event);
        }
    }

    /** Moves what is in the inbox, newest first, onto the two lists, so that each has its oldest first. */
    private void takeInbox() {
        Event event = (Event) INBOX.getAndSet(this, DRAINING);
        while (event != null && event != DRAINING) {
            Event below = event.below;
            if (event.kind == Kind.TIMER) {
                event.below = timers;
                timers = event;
            } else {
                event.below = ready;
                ready = event;
            }
            event = below;
        }
    }

    private void handle(Event event) {
        if (event.kind != null) {
            handle(event.kind, event.attempt, event.fact, event.now);
        }
    }

    private void handle(Kind kind, @Nullable Attempt attempt, @Nullable Object fact, long now) {
        switch (kind) {
            case START -> machine.start(now);
            case TIMER -> machine.onTimer(now);
            case WAKE -> machine.onWake(now);
            case CANCEL -> machine.onCancel(now);
            case HEAD -> {
                if (attempt != null && fact instanceof ResponseHead head) {
                    machine.onHead(attempt, head, now);
                }
            }
            case END -> {
                if (attempt != null && fact instanceof Outcome outcome) {
                    machine.onEnd(attempt, outcome, now);
                }
            }
            case WORK -> {
                if (fact instanceof Runnable work) {
                    work.run();
                }
            }
        }
        execute();
    }

    private void execute() {
        while (true) {
            switch (machine.next()) {
                case CANCEL -> driver.cancel(machine.subject());
                case DISPATCH -> driver.dispatch(machine.subject());
                case COMMIT -> driver.commit(machine.subject());
                case COMPLETE -> {
                    driver.complete();
                    return;
                }
                case AWAIT -> {
                    return;
                }
            }
        }
    }
}
