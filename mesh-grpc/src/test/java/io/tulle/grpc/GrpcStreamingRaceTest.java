package io.tulle.grpc;

import io.tulle.testing.sockets.RaceTck;
import io.tulle.testing.sockets.SocketDriver;

class GrpcStreamingRaceTest extends RaceTck {
    @Override
    protected SocketDriver driver() {
        return GrpcSockets.STREAMING;
    }
}
