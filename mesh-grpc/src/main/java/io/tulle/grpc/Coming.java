package io.tulle.grpc;

/** How an endpoint is coming to which a connection is being made and has not failed yet. A call waits for either while it has nobody else. */
enum Coming {
    /** For the first time: it is better to wait than to call an ejected endpoint. */
    FIRST,
    /** After a connection was lost: to call an ejected endpoint is better than to wait for one that may be gone. */
    AGAIN
}
