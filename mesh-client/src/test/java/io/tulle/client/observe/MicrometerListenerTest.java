package io.tulle.client.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.listener.BreakerState;
import io.tulle.api.listener.EjectionReason;
import io.tulle.api.resource.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerListenerTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerListener listener = new MicrometerListener(registry);
    private final FakeCall call = new FakeCall();

    @Test
    void timesCalls() {
        listener.callEnded(call);
        listener.callEnded(call);
        Timer timer = registry.get("mesh.client.requests")
                .tags("service", "shop/catalog", "subset", "v1", "rule", "books")
                .tags("method", "GET", "outcome", "success", "status", "2xx")
                .timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(2 * 1_234_500);
    }

    @Test
    void aCallThatHasNotEndedIsNotTimed() {
        call.verdict = null;
        listener.callEnded(call);
        assertThat(registry.find("mesh.client.requests").timers()).isEmpty();
    }

    @Test
    void labelsAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            call.service = "nobody-" + i;
            call.method = "METHOD" + i;
            call.path = "/" + i;
            call.status = i;
            call.subset = "";
            call.rule = "";
            call.verdict = Verdict.UNKNOWN_SERVICE;
            listener.callEnded(call);
        }
        assertThat(registry.find("mesh.client.requests").timers())
                .hasSize(6)
                .allSatisfy(timer -> assertThat(timer.getId().getTags())
                        .extracting(tag -> tag.getKey() + "=" + tag.getValue())
                        .contains("service=UNKNOWN", "method=OTHER", "subset=none", "rule=none"))
                .extracting(timer -> timer.getId().getTag("status"))
                .containsExactlyInAnyOrder("none", "1xx", "2xx", "3xx", "4xx", "5xx");
    }

    @Test
    void aServiceThatIsNotKnownHasNoLabelOfItsOwnHoweverItsCallEnded() {
        for (Verdict verdict : List.of(Verdict.UNKNOWN_SERVICE, Verdict.DEADLINE_EXCEEDED, Verdict.CANCELLED)) {
            for (int i = 0; i < 3; i++) {
                call.service = "nobody-" + i;
                call.verdict = verdict;
                listener.callEnded(call);
            }
        }
        assertThat(registry.find("mesh.client.requests").timers())
                .hasSize(3)
                .allSatisfy(timer -> assertThat(timer.getId().getTag("service")).isEqualTo("UNKNOWN"));
    }

    @Test
    void timesAttemptsByHowTheyEnded() {
        Outcome reset = Outcome.failed(TransportError.RESET, Processed.MAYBE);
        listener.attemptEnded(call, new FakeAttempt(FakeEndpoint.CATALOG, 503, Outcome.COMPLETE));
        listener.attemptEnded(call, new FakeAttempt(FakeEndpoint.CATALOG, 0, reset));
        listener.attemptEnded(call, new FakeAttempt(null, 0, Outcome.NOT_SENT));
        listener.attemptEnded(call, new FakeAttempt(FakeEndpoint.CATALOG, 200, null));
        assertThat(attempts("response", "5xx").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2);
        assertThat(attempts("reset", "none").count()).isEqualTo(1);
        assertThat(attempts("not_sent", "none").count()).isEqualTo(1);
        assertThat(attempts("response", "2xx").count()).isEqualTo(1);
    }

    @Test
    void countsRetriesAndEjections() {
        listener.attemptStarted(call, FakeAttempt.started(1, false));
        listener.attemptStarted(call, FakeAttempt.started(2, false));
        listener.attemptStarted(call, FakeAttempt.started(3, false));
        listener.retryDenied(call);
        listener.endpointEjected(FakeEndpoint.CATALOG, EjectionReason.CONSECUTIVE_FAILURES, 1);
        assertThat(counter("mesh.client.retries")).isEqualTo(2);
        assertThat(counter("mesh.client.retries.denied")).isEqualTo(1);
        assertThat(counter("mesh.client.ejections", "reason", "consecutive_failures"))
                .isEqualTo(1);
    }

    @Test
    void aCallThatEndsInItsBackOffIsNotRetried() {
        listener.attemptStarted(call, FakeAttempt.started(1, false));
        listener.retryScheduled(call, 5);
        listener.callEnded(call);
        assertThat(registry.find("mesh.client.retries").counters()).isEmpty();
    }

    @Test
    void countsHedges() {
        listener.attemptStarted(call, new FakeAttempt(FakeEndpoint.CATALOG, 0, null));
        listener.attemptStarted(call, FakeAttempt.started(2, true));
        assertThat(counter("mesh.client.hedges")).isEqualTo(1);
    }

    @Test
    void aGrpcCallIsNamedByItsMethodAndItsCode() {
        call.protocol = Protocol.GRPC;
        call.method = "POST";
        call.path = "/shop.Ratings/Get";
        call.grpcStatus = 14;
        listener.callEnded(call);
        listener.attemptEnded(call, new FakeAttempt(1, FakeEndpoint.CATALOG, 503, Outcome.COMPLETE, 14, false));
        call.grpcStatus = -1;
        listener.callEnded(call);
        assertThat(requests("shop.Ratings/Get", "UNAVAILABLE")).isEqualTo(1);
        assertThat(requests("shop.Ratings/Get", "none")).isEqualTo(1);
        assertThat(attempts("response", "UNAVAILABLE").count()).isEqualTo(1);
    }

    @Test
    void grpcMethodsAreToldApartUpToALimit() {
        call.protocol = Protocol.GRPC;
        for (int i = 0; i < 2 * MethodLabels.MOST; i++) {
            call.path = "/shop.Proxy/" + i;
            listener.callEnded(call);
        }
        assertThat(registry.find("mesh.client.requests").timers()).hasSize(MethodLabels.MOST + 1);
        assertThat(requests("OTHER", "none")).isEqualTo(MethodLabels.MOST);
    }

    @Test
    void timersTakeTheSettingsOfTheApplication() {
        MicrometerListener with = new MicrometerListener(
                registry, timer -> timer.serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(5)));
        with.callEnded(call);
        Timer timer = registry.get("mesh.client.requests").timer();
        assertThat(timer.takeSnapshot().histogramCounts())
                .extracting(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) + ": " + (long) bucket.count())
                .containsExactly("1.0: 0", "5.0: 1");
    }

    @Test
    void showsTheStateOfBreakers() {
        listener.breakerChanged("shop/catalog", BreakerState.CLOSED, BreakerState.OPEN);
        assertThat(breaker()).isEqualTo(2);
        listener.breakerChanged("shop/catalog", BreakerState.OPEN, BreakerState.HALF_OPEN);
        assertThat(breaker()).isEqualTo(1);
        listener.breakerChanged("shop/catalog", BreakerState.HALF_OPEN, BreakerState.CLOSED);
        assertThat(breaker()).isZero();
    }

    @Test
    void showsTheConfiguration() {
        listener.configApplied(7, 3);
        listener.configRejected("why");
        assertThat(registry.get("mesh.config.version").gauge().value()).isEqualTo(7);
        assertThat(registry.get("mesh.config.rejected").counter().count()).isEqualTo(1);
    }

    @Test
    void showsHowLongTheCertificateLasts() {
        assertThat(registry.find("mesh.certificate.expiry").gauges()).isEmpty(); // of a process that has none
        listener.certificateLoaded(
                "spiffe://example.org/ns/shop/svc/catalog", Instant.now().plusSeconds(1_000));
        assertThat(certificateExpiry()).isBetween(900.0, 1_000.0);

        listener.certificateLoaded(
                "spiffe://example.org/ns/shop/svc/catalog", Instant.now().plusSeconds(5_000));
        assertThat(certificateExpiry()).isBetween(4_900.0, 5_000.0);
        listener.certificateRejected("tls.key: not the key of the certificate");
        assertThat(certificateExpiry()).isBetween(4_900.0, 5_000.0);
    }

    @Test
    void theTimeOfACertificateThatHasExpiredIsNegative() {
        listener.certificateLoaded(
                "spiffe://example.org/ns/shop/svc/catalog", Instant.now().minusSeconds(1_000));
        assertThat(certificateExpiry()).isNegative();
    }

    @Test
    void countsCertificatesThatAreRefused() {
        listener.certificateRejected("tls.crt: expired");
        listener.certificateRejected("tls.crt: expired");
        assertThat(registry.get("mesh.certificate.rejected").counter().count()).isEqualTo(2);
    }

    @Test
    void everyMeterHasADescription() {
        listener.callEnded(call);
        listener.attemptStarted(call, FakeAttempt.started(2, true));
        listener.attemptEnded(call, new FakeAttempt(null, 0, Outcome.NOT_SENT));
        listener.attemptStarted(call, FakeAttempt.started(3, false));
        listener.retryDenied(call);
        listener.endpointEjected(FakeEndpoint.CATALOG, EjectionReason.FAILURE_RATE, 1);
        listener.breakerChanged("shop/catalog", BreakerState.CLOSED, BreakerState.OPEN);
        listener.certificateLoaded("spiffe://example.org/ns/shop/svc/catalog", Instant.now());
        listener.certificateRejected("why");
        assertThat(registry.getMeters())
                .hasSize(11)
                .extracting(Meter::getId)
                .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
    }

    private double certificateExpiry() {
        return registry.get("mesh.certificate.expiry").gauge().value();
    }

    private long requests(String method, String status) {
        return registry.get("mesh.client.requests")
                .tags("method", method, "status", status)
                .timer()
                .count();
    }

    private Timer attempts(String outcome, String status) {
        return registry.get("mesh.client.attempts")
                .tags("service", "shop/catalog", "subset", "v1", "outcome", outcome, "status", status)
                .timer();
    }

    private double counter(String name, String... tags) {
        return registry.get(name)
                .tag("service", "shop/catalog")
                .tags(tags)
                .counter()
                .count();
    }

    private double breaker() {
        return registry.get("mesh.circuitbreaker.state")
                .tag("service", "shop/catalog")
                .gauge()
                .value();
    }
}
