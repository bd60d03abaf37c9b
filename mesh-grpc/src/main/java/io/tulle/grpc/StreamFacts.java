package io.tulle.grpc;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import java.util.concurrent.atomic.AtomicLong;

/** What a stream's tracer has seen. gRPC may make several streams for one attempt, one after another (gRFC A6, transparent retries): the last one counts. Thread-safe. */
final class StreamFacts extends ClientStreamTracer {
    private final Replay<?> replay;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private volatile boolean headersSent;
    private volatile boolean trailersSeen;

    StreamFacts(Replay<?> replay) {
        this.replay = replay;
    }

    /** Returns whether anything has been written to a connection. */
    boolean headersSent() {
        return headersSent;
    }

    /** Returns whether the server has ended the stream with trailers: the status is its own. */
    boolean trailersSeen() {
        return trailersSeen;
    }

    /** Returns the bytes of messages that have come in. */
    long bytesRead() {
        return read.get();
    }

    @Override
    public void outboundHeaders() {
        headersSent = true;
    }

    @Override
    public void inboundTrailers(Metadata trailers) {
        trailersSeen = true;
    }

    @Override
    public void outboundWireSize(long bytes) {
        if (bytes > 0) { // the in-process transport does not know
            replay.written(written.addAndGet(bytes));
        }
    }

    @Override
    public void inboundWireSize(long bytes) {
        if (bytes > 0) {
            read.addAndGet(bytes);
        }
    }
}
