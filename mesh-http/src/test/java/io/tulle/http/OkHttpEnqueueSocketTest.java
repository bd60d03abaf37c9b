package io.tulle.http;

import io.tulle.testing.sockets.SocketDriver;
import io.tulle.testing.sockets.SocketTck;

class OkHttpEnqueueSocketTest extends SocketTck {
    @Override
    protected SocketDriver driver() {
        return OkHttpSockets.ENQUEUE;
    }
}
