package io.tulle.client.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tulle.api.call.Denial;
import io.tulle.api.call.Verdict;
import io.tulle.api.resource.Protocol;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServedRequestsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerListener meters = new MicrometerListener(registry);
    private final FakeLogger log = new FakeLogger();
    private final AccessLogListener accessLog = new AccessLogListener(log);
    private final FakeServed request = new FakeServed();

    private double active() {
        return registry.get("mesh.server.requests.active")
                .tag("service", "shop/catalog")
                .gauge()
                .value();
    }

    private void refused() {
        request.denial = Denial.OVERLOADED;
        request.verdict = Verdict.OVERLOADED;
        request.status = 503;
    }

    @Test
    void areTimed() {
        meters.requestStarted(request);
        meters.requestEnded(request);
        Timer timer = registry.get("mesh.server.requests")
                .tags("service", "shop/catalog", "method", "GET", "outcome", "success", "status", "2xx")
                .timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(1_234_500);
    }

    @Test
    void areCountedWhileTheyLast() {
        meters.requestStarted(request);
        meters.requestStarted(request);
        assertThat(active()).isEqualTo(2);
        meters.requestEnded(request);
        assertThat(active()).isEqualTo(1);
    }

    @Test
    void areTimedButNotActiveWhenRefused() {
        meters.requestStarted(request);
        refused();
        meters.requestStarted(request);
        meters.requestEnded(request);
        assertThat(active()).isEqualTo(1);
        assertThat(registry.get("mesh.server.requests")
                        .tags("outcome", "overloaded", "status", "5xx")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void areNotTimedBeforeTheirEnd() {
        meters.requestStarted(request);
        request.verdict = null;
        meters.requestEnded(request);
        assertThat(registry.find("mesh.server.requests").timers()).isEmpty();
        assertThat(active()).isEqualTo(1);
    }

    @Test
    void haveBoundedLabels() {
        for (int i = 0; i < 1000; i++) {
            request.method = "METHOD" + i;
            request.path = "/" + i;
            request.status = i;
            meters.requestEnded(request);
        }
        assertThat(registry.find("mesh.server.requests").timers()).hasSize(6);
    }

    @Test
    void areNamedByMethodAndCodeWhenTheyAreGrpc() {
        request.protocol = Protocol.GRPC;
        request.path = "/shop.Ratings/Get";
        request.grpcStatus = 0;
        meters.requestEnded(request);
        assertThat(registry.get("mesh.server.requests")
                        .tags("method", "shop.Ratings/Get", "status", "OK")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void haveALineEach() {
        accessLog.requestStarted(request);
        accessLog.requestEnded(request);
        assertThat(log.lines)
                .containsExactly(
                        "INFO {\"served\":\"shop/catalog\",\"protocol\":\"http\",\"method\":\"GET\",\"path\":\"/books/7\",\"status\":200,\"grpcStatus\":null,"
                                + "\"verdict\":\"success\",\"denied\":null,\"attempt\":2,\"durationMs\":1.234}");
    }

    @Test
    void sayInTheirLineWhyTheyWereRefused() {
        refused();
        request.path = "/\n" + "x".repeat(5000);
        accessLog.requestEnded(request);
        assertThat(log.lines.get(0))
                .contains(
                        "\"status\":503",
                        "\"verdict\":\"overloaded\"",
                        "\"denied\":\"overloaded\"",
                        "\"path\":\"/\\u000ax")
                .hasSizeLessThan(2500);
    }
}
