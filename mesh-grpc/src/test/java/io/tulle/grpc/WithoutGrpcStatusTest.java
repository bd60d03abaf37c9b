package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.Http2;
import io.tulle.testing.wire.WireServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
}
