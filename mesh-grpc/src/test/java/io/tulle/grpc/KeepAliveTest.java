package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Status;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.WireServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The channel's keep-alive, which the application sets, holds for the connections of the mesh's endpoints. */
@Timeout(60)
class KeepAliveTest {
    @Test
    void aConnectionThatDoesNotAnswerAPingIsReplaced() throws Exception {
        try (WireServer server = WireServer.start(WireServer.Speaks.HTTP2);
                Rig rig = new Rig()) {
            rig.list("dying", "127.0.0.1", server.port());
            rig.channel(MeshChannels.builder(rig.mesh, "ratings")
                    .keepAliveTime(10, TimeUnit.SECONDS) // the least that gRPC takes
                    .keepAliveTimeout(200, TimeUnit.MILLISECONDS));
            server.answers(exchange -> {
                if (exchange.connection() == 1) {
                    exchange.pause(Duration.ofSeconds(30)); // reads nothing meanwhile
                } else {
                    Wire.GRPC.ok().answer(exchange);
                }
            });

            Conversation lost = rig.open(Rig.PUT, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS))
                    .say("q")
                    .over();
            assertThat(lost.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(rig.open(Rig.PUT, CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(20, TimeUnit.SECONDS))
                            .say("q")
                            .over()
                            .awaitEnd()
                            .isOk())
                    .isTrue();
        }
    }
}
