package io.tulle.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.resource.Route;
import io.tulle.core.fixture.Rig;
import io.tulle.core.fixture.TestRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an attempt tells the server of the time that is left. */
class TimeLeftHeaderTest {
    private final Rig rig = new Rig(3).instances("a");

    private @Nullable String header(Duration timeout, MeshCallOptions options, Duration later) {
        rig.rule(Route.Rule.builder().timeout(timeout).build()).apply();
        CallMachine call = rig.engine.newCall("shop", rig.shop(), TestRequest.get("/"), options);
        call.start(rig.clock.nanos());
        assertThat(call.next()).isEqualTo(Command.DISPATCH);
        Map<String, String> headers = new HashMap<>();
        call.writeHeaders(call.subject(), headers::put, rig.clock.nanos() + later.toNanos());
        return headers.get(MeshHeaders.TIMEOUT_MS);
    }

    private @Nullable String header(Duration timeout, Duration later) {
        return header(timeout, MeshCallOptions.DEFAULT, later);
    }

    @Test
    void itIsRoundedUpToMilliseconds() {
        assertThat(header(Duration.ofMillis(20), Duration.ZERO)).isEqualTo("20");
        assertThat(header(Duration.ofMillis(20), Duration.ofNanos(999_999))).isEqualTo("20");
        assertThat(header(Duration.ofMillis(20), Duration.ofMillis(1))).isEqualTo("19");
        assertThat(header(Duration.ofMillis(20), Duration.ofMillis(25))).isEqualTo("1");
    }

    @Test
    void theCallersOwnDeadlineIsTold() {
        MeshCallOptions own = MeshCallOptions.DEFAULT.withDeadline(Duration.ofMillis(7));

        assertThat(header(Duration.ofMillis(20), own, Duration.ZERO)).isEqualTo("7");
        assertThat(header(Duration.ZERO, own, Duration.ZERO)).isEqualTo("7");
    }

    @Test
    void withoutADeadlineNothingIsTold() {
        assertThat(header(Duration.ZERO, Duration.ZERO)).isNull();
    }
}
