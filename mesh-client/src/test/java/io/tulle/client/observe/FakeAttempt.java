package io.tulle.client.observe;

import io.tulle.api.call.Outcome;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.EndpointInfo;
import org.jspecify.annotations.Nullable;

record FakeAttempt(
        int number,
        @Nullable EndpointInfo endpoint,
        int status,
        @Nullable Outcome outcome,
        int grpcStatus,
        boolean hedge)
        implements AttemptInfo {
    FakeAttempt(@Nullable EndpointInfo endpoint, int status, @Nullable Outcome outcome) {
        this(1, endpoint, status, outcome, -1, false);
    }

    static FakeAttempt started(int number, boolean hedge) {
        return new FakeAttempt(number, FakeEndpoint.CATALOG, 0, null, -1, hedge);
    }

    @Override
    public long startNanos() {
        return 1;
    }

    @Override
    public long headNanos() {
        return 0;
    }

    @Override
    public long endNanos() {
        return 2_000_001;
    }
}
