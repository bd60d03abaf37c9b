package io.tulle.api.call;

import io.tulle.api.resource.Protocol;

/**
 * The part of a request that routing reads. Implemented by adapters over their own request type, without copying. Confined to the thread that
 * starts the call.
 */
public interface RequestHead {
    /** Returns what the caller speaks. Default: HTTP. */
    default Protocol protocol() {
        return Protocol.HTTP;
    }

    /** Returns the method in upper case, such as {@code GET}; {@code POST} for gRPC. */
    String method();

    /** Returns the percent-encoded absolute path without query, such as {@code /books/7}; {@code /package.Service/Method} for gRPC. */
    String path();

    /** Returns how many header lines there are; a name may occur more than once. */
    int headerCount();

    /** Returns the name of header line {@code index}, in any case. */
    String headerName(int index);

    /** Returns the value of header line {@code index}. */
    String headerValue(int index);

    /**
     * Returns whether sending the request twice has the effect of sending it once, as far as the protocol tells: an idempotent method (RFC 9110
     * section 9.2.2), an {@code Idempotency-Key} header, or an idempotent gRPC method.
     */
    boolean idempotent();

    /**
     * Returns whether the body (if any) can be written from its beginning from here on. The engine asks before each further attempt: a one-shot body can be
     * until it has been touched, and is never replayed after that.
     */
    boolean replayable();

    /**
     * Returns whether several attempts may write the body at the same time. Unlike {@link #replayable}, a one-shot body never can, touched or not. The engine asks
     * before each hedge.
     */
    default boolean hedgeable() {
        return replayable();
    }
}
