package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.Http2;
import io.tulle.testing.wire.WireScript;
import io.tulle.testing.wire.WireServer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that were certainly not processed, as HTTP/2 says it. Beneath an attempt grpc-java sends them again by itself, once. */
@Timeout(60)
class RefusedStreamTest {
    private static final int ROUNDS = 8;

    private final Rig rig = new Rig();
    private final WireServer refusing = WireServer.start(WireServer.Speaks.HTTP2);

    @AfterEach
    void close() {
        rig.close();
        refusing.close();
    }

    static Stream<Arguments> refusals() {
        WireScript reset = exchange -> exchange.send(Http2.resetStream(exchange.stream(), Http2.REFUSED_STREAM));
        WireScript goAway = exchange -> exchange.send(Http2.goAway(0, Http2.NO_ERROR));
        return Stream.of(Arguments.of("RST_STREAM", reset), Arguments.of("GOAWAY", goAway));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aCallGoesToWhoDoesNotRefuse(String name, WireScript refusal) {
        refusing.answers(refusal);
        try (WireServer good = WireServer.start(WireServer.Speaks.HTTP2).answers(Wire.GRPC.ok())) {
            for (int i = 0; i < ROUNDS || refusing.requests() == 0; i++) { // later calls avoid who refuses
                try (Rig fresh = new Rig()) {
                    fresh.list("refusing", "127.0.0.1", refusing.port());
                    fresh.list("good", "127.0.0.1", good.port());
                    Status status = put(fresh);
                    assertThat(status.isOk()).as("%s", status).isTrue();
                }
            }
        }
    }

    /** grpc-java's own texts for what has happened are what tells it: this holds them against the version in use. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatAllRefuseIsKnownNotToHaveBeenProcessed(String name, WireScript refusal) {
        refusing.answers(refusal);
        rig.list("refusing", "127.0.0.1", refusing.port());
        assertThat(put(rig).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        Awaitility.await().until(() -> rig.verdicts.contains("FAILED"));
        assertThat(rig.attempts)
                .isNotEmpty()
                .allSatisfy(attempt -> assertThat(attempt).contains("processed=NO"));
        assertThat(rig.attempts).anySatisfy(attempt -> assertThat(attempt).contains("error=REFUSED"));
    }

    private static Status put(Rig rig) {
        return rig.open(Rig.PUT, CallOptions.DEFAULT).say("q").over().awaitEnd();
    }
}
