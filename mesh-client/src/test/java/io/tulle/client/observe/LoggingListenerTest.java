package io.tulle.client.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.listener.BreakerState;
import io.tulle.api.listener.EjectionReason;
import org.junit.jupiter.api.Test;

class LoggingListenerTest {
    private final FakeLogger log = new FakeLogger();
    private final LoggingListener listener = new LoggingListener(log);

    @Test
    void saysWhatOperatorsMustKnow() {
        listener.endpointEjected(FakeEndpoint.CATALOG, EjectionReason.FAILURE_RATE, 10_500_000_000L);
        listener.endpointReturned(FakeEndpoint.CATALOG);
        listener.breakerChanged("shop/catalog", BreakerState.CLOSED, BreakerState.OPEN);
        listener.breakerChanged("shop/catalog", BreakerState.OPEN, BreakerState.HALF_OPEN);
        listener.configApplied(3, 12);
        listener.configRejected("a.yaml:1:1: /kind: missing");
        listener.listenerFailed(new IllegalStateException("broken"));
        assertThat(log.lines)
                .containsExactly(
                        "WARN shop/catalog endpoint c1:80 at 10.0.0.1:80 ejected for 10s500ms: FAILURE_RATE",
                        "INFO shop/catalog endpoint c1:80 at 10.0.0.1:80 passed its trial and is back",
                        "WARN shop/catalog breaker CLOSED -> OPEN",
                        "INFO shop/catalog breaker OPEN -> HALF_OPEN",
                        "INFO configuration 3 with 12 resources is in force",
                        "WARN a new configuration was refused, the last good one stays in force: a.yaml:1:1: /kind: missing",
                        "WARN a mesh listener failed; calls are not affected java.lang.IllegalStateException: broken");
    }
}
