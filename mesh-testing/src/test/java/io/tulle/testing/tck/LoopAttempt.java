package io.tulle.testing.tck;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.core.call.Attempt;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.testing.FakeExchange;
import org.jspecify.annotations.Nullable;

/** One attempt of a {@link LoopCall} on the wire. */
final class LoopAttempt implements FakeExchange.Receiver {
    private final LoopCall call;
    private final Attempt attempt;
    private final Endpoint endpoint;
    private FakeExchange exchange;
    private boolean cancelled;
    private boolean closing;
    private boolean answered;
    private @Nullable Outcome outcome;

    LoopAttempt(LoopCall call, Attempt attempt, Endpoint endpoint) {
        this.call = call;
        this.attempt = attempt;
        this.endpoint = endpoint;
        exchange = call.mesh.transport().open(endpoint);
    }

    void send() {
        if (exchange.reply().sends()) {
            call.request.writeBody();
        }
        exchange.start(this);
    }

    private void sendAgain() {
        exchange = call.mesh.transport().open(endpoint);
        send();
    }

    /** Nobody has told it to. */
    void sendOnceMore() {
        if (!over() && !answered) {
            call.mesh.transport().open(endpoint);
        }
    }

    /** The client library calls it a reset. */
    void reset() {
        exchange.cancel();
        exchange.close();
    }

    void cancel() {
        cancelled = true;
        if (call.bug == Bug.DOES_NOT_CANCEL_THE_WIRE) {
            return;
        }
        exchange.cancel();
        if (call.bug != Bug.LEAVES_THE_RESPONSE_OF_A_CANCELLED_ATTEMPT_OPEN) {
            exchange.close();
        }
        if (call.bug == Bug.ENDS_A_CANCELLED_ATTEMPT_TWICE) {
            call.loop.end(attempt, Outcome.failed(TransportError.CANCELLED, Processed.MAYBE));
        }
    }

    void close() {
        closing = true;
        exchange.close();
        closing = false;
    }

    boolean over() {
        return outcome != null;
    }

    int status() {
        return exchange.status();
    }

    Seen.BodyEnd bodyEnd() {
        Outcome how = outcome;
        return how == null ? Seen.BodyEnd.HELD : how.error() == null ? Seen.BodyEnd.COMPLETE : Seen.BodyEnd.BROKEN;
    }

    @Override
    public void interim(int status) {
        if (call.bug == Bug.DELIVERS_AN_INTERIM_RESPONSE_AS_HEAD) {
            call.loop.head(attempt, exchange);
        }
    }

    @Override
    public void head(ResponseHead head) {
        answered = true;
        if (call.bug == Bug.ENDS_THE_OTHERS_WHEN_A_HEAD_COMES) {
            call.endOthers(this);
        }
        if (call.bug == Bug.FOLLOWS_REDIRECTS_ON_THE_PINNED_CLIENT && head.status() / 100 == 3) {
            FakeExchange redirect = exchange;
            sendAgain();
            redirect.close();
            return;
        }
        if (call.bug == Bug.TIMER_BEFORE_OUTCOME) {
            call.clock.schedule(call.clock.nanos(), () -> call.loop.head(attempt, head));
        } else {
            call.loop.head(attempt, head);
        }
        if (call.bug == Bug.COMMITS_WHATEVER_COMES
                || call.bug == Bug.HANDS_OUT_THE_LOSER_TOO && call.committedOther(this)) {
            call.handOut(this);
        }
        if (cancelled && call.bug != Bug.LEAVES_THE_RESPONSE_OF_A_CANCELLED_ATTEMPT_OPEN) {
            exchange.close();
        }
    }

    @Override
    public void end(Outcome how) {
        if (exchange.outcome() == null) {
            return; // of an exchange that was followed by another
        }
        if (call.bug == Bug.REPEATS_AFTER_A_CONNECT_FAILURE_ITSELF && how.error() == TransportError.CONNECT) {
            sendAgain();
            return;
        }
        boolean closedEarly = closing;
        outcome = how;
        if (closedEarly && call.bug == Bug.FORGETS_THE_END_OF_A_CLOSED_RESPONSE
                || call.committedOther(this) && call.bug == Bug.FORGETS_THE_END_OF_A_LOSER) {
            return;
        }
        boolean taken = call.bug == Bug.TAKES_UNSENT_FOR_MAYBE && how.processed() == Processed.NO;
        boolean ended = call.bug == Bug.ENDS_THE_OTHERS_WHEN_A_HEAD_COMES && how.error() == TransportError.CANCELLED;
        Outcome told = taken || ended ? Outcome.failed(TransportError.RESET, Processed.MAYBE) : how;
        if (call.bug == Bug.TIMER_BEFORE_OUTCOME) {
            call.clock.schedule(call.clock.nanos(), () -> call.loop.end(attempt, told));
        } else {
            call.loop.end(attempt, told);
        }
    }
}
