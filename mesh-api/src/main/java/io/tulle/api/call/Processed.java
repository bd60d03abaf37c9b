package io.tulle.api.call;

/** Whether the server may have acted on an attempt. Only what is certainly unprocessed may be sent again without being idempotent. */
public enum Processed {
    /** Certainly not: no request byte left, or the peer said so. */
    NO,
    /** Unknown: the request was sent, at least in part. */
    MAYBE,
    /** The server answered. */
    YES
}
