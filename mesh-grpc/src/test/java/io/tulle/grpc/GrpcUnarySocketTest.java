package io.tulle.grpc;

import io.tulle.testing.sockets.SocketDriver;
import io.tulle.testing.sockets.SocketTck;

class GrpcUnarySocketTest extends SocketTck {
    @Override
    protected SocketDriver driver() {
        return GrpcSockets.UNARY;
    }
}
