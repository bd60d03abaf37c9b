package io.tulle.api.resource;

/** What a service speaks. */
public enum Protocol {
    /** HTTP/1.1 or HTTP/2 requests and responses. */
    HTTP,
    /** gRPC. */
    GRPC
}
