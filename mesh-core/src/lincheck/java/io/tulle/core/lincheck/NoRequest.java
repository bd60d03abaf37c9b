package io.tulle.core.lincheck;

import io.tulle.api.call.RequestHead;

/** The request of a call that never starts. */
record NoRequest() implements RequestHead {
    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/";
    }

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
