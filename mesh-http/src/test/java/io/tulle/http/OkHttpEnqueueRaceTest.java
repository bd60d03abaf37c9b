package io.tulle.http;

import io.tulle.testing.sockets.RaceTck;
import io.tulle.testing.sockets.SocketDriver;

class OkHttpEnqueueRaceTest extends RaceTck {
    @Override
    protected SocketDriver driver() {
        return OkHttpSockets.ENQUEUE;
    }
}
