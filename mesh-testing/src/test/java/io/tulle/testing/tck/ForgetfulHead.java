package io.tulle.testing.tck;

import io.tulle.api.call.RequestHead;

/** A request that says that its body can always be written again. */
record ForgetfulHead(RequestHead real) implements RequestHead {
    static RequestHead of(ScriptedRequest request, Bug bug) {
        return bug == Bug.REPLAYS_A_ONE_SHOT_BODY ? new ForgetfulHead(request) : request;
    }

    @Override
    public String method() {
        return real.method();
    }

    @Override
    public String path() {
        return real.path();
    }

    @Override
    public int headerCount() {
        return real.headerCount();
    }

    @Override
    public String headerName(int index) {
        return real.headerName(index);
    }

    @Override
    public String headerValue(int index) {
        return real.headerValue(index);
    }

    @Override
    public boolean idempotent() {
        return real.idempotent();
    }

    @Override
    public boolean replayable() {
        return true;
    }
}
