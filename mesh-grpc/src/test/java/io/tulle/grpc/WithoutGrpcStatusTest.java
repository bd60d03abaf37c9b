package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.Http2;
import io.tulle.testing.wire.WireServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that end without a status of gRPC: grpc-java says what it makes of that. */
@Timeout(60)
class WithoutGrpcStatusTest {
    private static final int ENHANCE_YOUR_CALM = 11;

    private final Rig rig = new Rig();
    private final WireServer server = WireServer.start(WireServer.Speaks.HTTP2);

    @BeforeEach
    void list() {
        rig.list("a", "127.0.0.1", server.port());
    }

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    private Status get() {
        return rig.open(Rig.GET, CallOptions.DEFAULT).say("q").over().awaitEnd();
    }

    @Test
    void aStreamThatIsResetBecauseOfTooMuchLoadIsBrokenAndNotBeyondALimitOfThisSide() {
        server.answers(exchange -> exchange.sendHead(Wire.GRPC.head(exchange.stream()))
                .send(Http2.resetStream(exchange.stream(), ENHANCE_YOUR_CALM)));
        assertThat(get().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("FAILED_RESPONSE"));
        assertThat(rig.attempts).singleElement().asString().contains(" 200 ", "error=RESET");
    }

    /** As the same word of a gRPC server: it speaks of the request, and is passed on. */
    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHENTICATED, true", "401, UNAUTHENTICATED, false",
        "403, PERMISSION_DENIED, true", "403, PERMISSION_DENIED, false",
        "404, UNIMPLEMENTED, true", "404, UNIMPLEMENTED, false"
    })
    void whatAProxyForbidsIsNeitherRepeatedNorHeldAgainstIt(String http, Status.Code code, boolean page) {
        rig.policy(TrafficPolicy.Spec.defaults("ratings")
                .withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                        .consecutiveFailures(1)
                        .maxEjectionPercent(100)
                        .build()));
        server.answers(exchange -> {
            exchange.send(Http2.headers(exchange.stream(), !page, ":status", http, "content-type", "text/html"));
            if (page) {
                exchange.send(Http2.data(exchange.stream(), true, new byte[] {'n', 'o'}));
            }
        });
        Status status = get();
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getDescription()).startsWith("HTTP status code " + http);
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).hasSize(1));
        assertThat(server.requests()).isOne();
        assertThat(rig.attempts)
                .singleElement()
                .asString()
                .contains(" " + Codes.http(code) + " ", "error=null", "processed=YES");
        assertThat(rig.mesh.engine().snapshot().byHost("ratings").endpoints()).allMatch(Endpoint::healthy);
    }
}
