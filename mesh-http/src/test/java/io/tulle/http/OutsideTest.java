package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.MeshEngine;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** Calls to hosts that are not in the mesh, when the clock is negative. */
class OutsideTest {
    private final ManualClock timers = new ManualClock(1);
    private final MeshRuntime runtime = new MeshRuntime(() -> -1_000_000_000, timers, timers, () -> 1);

    private long timeoutNanos(Duration deadline) {
        MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("default", runtime.ticker(), runtime.random()));
        OkHttpClient client = new OkHttpClient();
        Wiring wiring = new Wiring(engine, runtime, new EndpointClients(client, runtime, null), client, null);
        Request request = new Request.Builder()
                .url("http://elsewhere/")
                .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(deadline))
                .build();
        return new BlockingCall(wiring, null, request, 0).outside().timeout().timeoutNanos();
    }

    @Test
    void aDeadlineThatNeverComesIsNoTimeout() {
        assertThat(timeoutNanos(Duration.ofSeconds(Long.MAX_VALUE))).isZero();
    }

    @Test
    void aDeadlineThatComesIsOne() {
        assertThat(timeoutNanos(Duration.ofSeconds(2))).isEqualTo(2_000_000_000L);
        assertThat(timeoutNanos(Duration.ofNanos(Long.MAX_VALUE - 1))).isEqualTo(Long.MAX_VALUE - 1);
    }
}
