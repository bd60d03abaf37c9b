package io.tulle.grpc;

import io.tulle.testing.sockets.SocketDriver;
import io.tulle.testing.sockets.SocketTck;

class GrpcStreamingSocketTest extends SocketTck {
    @Override
    protected SocketDriver driver() {
        return GrpcSockets.STREAMING;
    }
}
