package io.tulle.grpc;

import io.tulle.testing.sockets.PlantedBug;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ring 2 fails for gRPC used wrongly, and for the right reason; the same scenario passes on a channel that is right. */
@Timeout(60)
class PlantedBugsTest {
    @Test
    void catchesARefusedStreamThatIsNotSentAgain() throws InterruptedException {
        assertCaught(WrongGrpc.KEEPS_NOTHING, "http2 refusedStreamIsSentAgain", "error=REFUSED");
        assertCaught(WrongGrpc.KEEPS_NOTHING, "http2 goAwayBelowTheStreamIsSentAgain", "error=REFUSED");
    }

    @Test
    void catchesABrokenStreamTakenForWhole() throws InterruptedException {
        assertCaught(
                WrongGrpc.TAKES_A_BROKEN_STREAM_FOR_WHOLE,
                "http2 streamResetAfterTheHeadIsNotRetried",
                "body=COMPLETE");
    }

    private static void assertCaught(WrongGrpc bug, String scenario, String because) throws InterruptedException {
        new PlantedBug(bug, GrpcSockets.UNARY).isCaughtBy(scenario, because);
    }
}
