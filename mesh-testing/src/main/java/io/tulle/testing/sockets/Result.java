package io.tulle.testing.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.testing.tck.Seen;

/**
 * What came of a call, with demands on it that throw AssertionErrors.
 *
 * @param call what was called
 * @param seen what the application saw
 * @param booked what the mesh booked
 * @param requests how many requests arrived completely at the servers
 */
public record Result(SocketCall call, Seen seen, CallBooks.Booked booked, int requests) {
    /** Demands a complete response after so many attempts. */
    public Result succeedsAfter(int attempts) {
        return is(Seen.response(200, Seen.BodyEnd.COMPLETE), Verdict.SUCCESS, attempts);
    }

    /** Demands a complete response, by whatever means. */
    public Result succeeds() {
        return is(
                Seen.response(200, Seen.BodyEnd.COMPLETE),
                Verdict.SUCCESS,
                booked.attempts().size());
    }

    /** Demands a response whose body broke, and that nobody tried again. */
    public Result breaks() {
        return is(Seen.response(200, Seen.BodyEnd.BROKEN), Verdict.FAILED_RESPONSE, 1);
    }

    /** Demands a failure without a response after so many attempts. */
    public Result failsAfter(int attempts) {
        return is(Seen.failed(Verdict.FAILED), Verdict.FAILED, attempts);
    }

    /** Demands success after a second attempt if the call may be repeated, else failure after the first. */
    public Result repeatsOnlyIfAllowed() {
        return call.idempotent() ? succeedsAfter(2) : failsAfter(1);
    }

    /** Demands all of it. */
    public Result is(Seen expected, Verdict verdict, int attempts) {
        assertThat(this)
                .as(toString())
                .returns(expected, Result::seen)
                .returns(verdict, result -> result.booked.verdict())
                .returns(attempts, result -> result.booked.attempts().size());
        return this;
    }

    /** Demands that the first attempt ended so. */
    public Result first(Processed processed, TransportError... oneOf) {
        Outcome first = booked.attempts().get(0).outcome();
        assertThat(first.error()).as(toString()).isIn((Object[]) oneOf);
        assertThat(first.processed()).as(toString()).isEqualTo(processed);
        return this;
    }

    /** Demands that the first attempt used a connection that another had used before. */
    public Result firstOnAReusedConnection() {
        assertThat(booked.attempts().get(0).outcome().connectionReused())
                .as(toString())
                .isTrue();
        return this;
    }

    /** Demands that so many requests were received. */
    public Result requests(int expected) {
        assertThat(requests).as(toString()).isEqualTo(expected);
        return this;
    }
}
