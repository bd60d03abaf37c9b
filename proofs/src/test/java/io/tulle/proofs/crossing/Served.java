package io.tulle.proofs.crossing;

/** What serves a request. */
enum Served {
    JETTY,
    JDK,
    GRPC
}
