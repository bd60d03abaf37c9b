package io.tulle.grpc;

import io.grpc.Status;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What gRPC's codes are to the engine, and its verdicts to gRPC. The HTTP status that stands for a code is that of {@code google.rpc.Code}: routes name it in
 * {@code retry.statuses}, and the classifier judges an endpoint by it.
 */
public final class Codes {
    /** RFC 9113, 8.7: of a stream that was not processed. */
    private static final String REFUSED = "RST_STREAM closed stream. HTTP/2 error code: REFUSED_STREAM";

    /** Of a stream above the last one that the peer has processed. With an error code a peer may name the wrong one, which is why grpc-java believes it in this case only. */
    private static final String LEFT_OUT = "Abrupt GOAWAY closed sent stream. HTTP/2 error code: NO_ERROR";

    /** Of a message that is larger than {@code maxInboundMessageSize}. */
    private static final String TOO_LARGE = "gRPC message exceeds maximum size";

    /** Of an answer that is not one of gRPC. */
    private static final String PLAIN = "HTTP status code ";

    private Codes() {}

    /** Returns the HTTP status that stands for {@code code}. */
    public static int http(Status.Code code) {
        return switch (code) {
            case OK -> 200;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499;
            case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
        };
    }

    /**
     * Returns the code of a call that ended without a response for the caller. A missing service or endpoint is UNAVAILABLE and never NOT_FOUND, which applications
     * understand as their own server's word (gRFC A54).
     */
    static Status.Code of(Verdict verdict) {
        return switch (verdict) {
            case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
            case CANCELLED -> Status.Code.CANCELLED;
            default -> Status.Code.UNAVAILABLE;
        };
    }

    /**
     * Returns whether the client library has ended a stream because something on this side threw, such as a marshaller that could not read a message: then
     * its status is CANCELLED with that as its cause. The CANCELLED of a peer that has reset a stream has none.
     *
     * @param status not the server's own word
     */
    static boolean thrown(Status status) {
        return status.getCode() == Status.Code.CANCELLED && status.getCause() != null;
    }

    /**
     * Returns whether an executor of this side has not taken what came from a connection. grpc-java gives that connection up then, with all its streams.
     *
     * @param status not the server's own word
     */
    static boolean untaken(Status status) {
        Throwable cause = status.getCause();
        while (cause != null && !(cause instanceof RejectedExecutionException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /**
     * Returns whether a call of which nothing was written has ended because of its connection, or of none. grpc-java says UNAVAILABLE; UNKNOWN ("channel closed") when a
     * write is the first to find a connection over; and after a GOAWAY whatever stands for its error code. But where there is another code with a cause, something on
     * this side threw (for headers beyond the peer's limit, for example), and CANCELLED and DEADLINE_EXCEEDED are what an interceptor below may say.
     */
    static boolean unwritten(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE, UNKNOWN -> true;
            case CANCELLED, DEADLINE_EXCEEDED -> false;
            default -> status.getCause() == null;
        };
    }

    /** Returns what the caller is told of a connection that was over before anything was written, whatever the client library calls it. */
    static Status lost(Status status) {
        return Status.UNAVAILABLE.withDescription(status.getDescription()).withCause(status.getCause());
    }

    /**
     * Returns whether the peer has certainly not processed a stream, though its headers were sent. grpc-java sends such a stream again by itself, once; of the second
     * time it tells only the text, which a test holds against the versions in use. A text that is not known is no refusal.
     *
     * @param status not the server's own word
     */
    static boolean refused(Status status) {
        return says(status, REFUSED) || says(status, LEFT_OUT);
    }

    /**
     * Returns whether a peer has answered in plain HTTP, and with a word on the request that another would say, too: the client library makes these of a 401, 403 or
     * 404, as proxies send it.
     *
     * @param status of a stream whose headers were sent, and not the server's own word
     */
    static boolean forbidden(Status status) {
        return switch (status.getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED, UNIMPLEMENTED -> says(status, PLAIN);
            default -> false;
        };
    }

    private static boolean says(Status status, String text) {
        String description = status.getDescription();
        return description != null && description.startsWith(text);
    }

    /** Returns the fact behind a stream that broke before the server had answered, when its headers were sent. */
    static TransportError unanswered(Status.Code code) {
        return switch (code) {
            case DEADLINE_EXCEEDED -> TransportError.TIMEOUT;
            case INTERNAL -> TransportError.PROTOCOL;
            default -> TransportError.RESET;
        };
    }

    /**
     * Returns the fact behind the end of a stream whose head had come: null when it is complete, which a status that speaks of the request is, too.
     *
     * @param said whether the status is the server's, in trailers, and not the client library's
     */
    static @Nullable TransportError broken(Status status, boolean said) {
        return switch (status.getCode()) {
            case OK -> null;
            case DEADLINE_EXCEEDED -> TransportError.TIMEOUT;
            case UNAVAILABLE, UNKNOWN, INTERNAL, DATA_LOSS -> TransportError.RESET;
            default -> said ? null : tooLarge(status) ? TransportError.CANCELLED : TransportError.RESET;
        };
    }

    /** Returns whether a message was beyond this side's own limit; the other RESOURCE_EXHAUSTED of the client library is a peer's ENHANCE_YOUR_CALM. */
    private static boolean tooLarge(Status status) {
        return status.getCode() == Status.Code.RESOURCE_EXHAUSTED && says(status, TOO_LARGE);
    }
}
