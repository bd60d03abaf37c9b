package io.tulle.client.observe;

import io.tulle.api.call.RequestHead;
import io.tulle.api.resource.Protocol;

/** A request without headers that may be sent again. */
record TracedRequest(Protocol protocol, String method, String path) implements RequestHead {
    static final TracedRequest GET = new TracedRequest(Protocol.HTTP, "GET", "/books/7");
    static final TracedRequest RPC = new TracedRequest(Protocol.GRPC, "POST", "/shop.Ratings/Get");

    @Override
    public int headerCount() {
        return 0;
    }

    @Override
    public String headerName(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public String headerValue(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public boolean replayable() {
        return true;
    }
}
