package io.tulle.testing.sockets;

import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.testing.tck.Seen;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an application saw of a call that was raced, and what the mesh booked.
 *
 * @param seen by the application
 * @param booked by the mesh; null if it was cancelled before it became a call of the mesh
 */
record Sighting(Seen seen, CallBooks.@Nullable Booked booked) {
    private static final int OK = 200;
    private static final Set<Verdict> FAILURES = EnumSet.of(Verdict.FAILED, Verdict.FAILED_RESPONSE);
    private static final Set<TransportError> LOCAL = EnumSet.of(TransportError.CANCELLED, TransportError.TIMEOUT);

    /** Returns how the race went, in a word or two. */
    String kind() {
        String end =
                seen.failure() == null ? seen.body().toString() : seen.failure().toString();
        String verdict = booked == null ? "none" : booked.verdict().toString();
        int attempts = booked == null ? 0 : booked.attempts().size();
        return (end.equals(verdict) ? end : end + "/" + verdict) + (attempts < 2 ? "" : " in " + attempts);
    }

    /** Returns whether the response was there before anything could come between. */
    boolean complete() {
        return seen.body() == Seen.BodyEnd.COMPLETE && booked != null && booked.verdict() == Verdict.SUCCESS;
    }

    /**
     * Demands that the two are one outcome: nobody is told of a failure that is booked otherwise, and what broke is no success. Nothing is held against a
     * server, either: all answer 200, completely, whenever they are let.
     */
    void agrees() {
        Verdict told = seen.failure();
        if (booked == null) {
            if (told != Verdict.CANCELLED) {
                throw new AssertionError("the application saw " + seen + ", nothing is booked");
            }
            return;
        }
        if (told != null && told != booked.verdict()) {
            throw new AssertionError("the application was told " + told + ", booked is " + booked);
        }
        if (seen.body() == Seen.BodyEnd.BROKEN && booked.verdict() == Verdict.SUCCESS) {
            throw new AssertionError("the body was " + seen.body() + ", booked is " + booked);
        }
        if (told == null && seen.status() != OK
                || FAILURES.contains(booked.verdict())
                || !booked.attempts().stream().allMatch(Sighting::blameless)) {
            throw new AssertionError("no server has failed, the application saw " + seen + ", booked is " + booked);
        }
    }

    /** Whether it ended as a server that answers 200 lets it: it may have been refused, and be sent again, in the race that is about that. */
    private static boolean blameless(CallBooks.BookedAttempt attempt) {
        TransportError error = attempt.outcome().error();
        return (attempt.status() == 0 || attempt.status() == OK)
                && (error == null || LOCAL.contains(error) || error == TransportError.REFUSED);
    }

    /** Returns the instance that brought the response; empty if none did. */
    String winner() {
        return booked == null
                ? ""
                : booked.attempts().stream()
                        .filter(attempt -> attempt.outcome().error() == null)
                        .map(CallBooks.BookedAttempt::instance)
                        .findFirst()
                        .orElse("");
    }

    /** Demands a success with one winner; the other attempts were cancelled. */
    void hedged() {
        long cancelled = booked == null
                ? 0
                : booked.attempts().stream()
                        .filter(attempt -> attempt.outcome().error() == TransportError.CANCELLED)
                        .count();
        if (!complete() || booked == null || cancelled != booked.attempts().size() - 1) {
            throw new AssertionError("one winner and nothing but losers (expected), but " + this);
        }
    }
}
