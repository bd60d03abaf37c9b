package io.tulle.grpc;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a stream's tracer has seen. gRPC may make several streams for one attempt, one after another (gRFC A6, transparent retries): the last one counts. Thread-safe. */
final class StreamFacts extends ClientStreamTracer {
    private final Replay<?> replay;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private volatile boolean headersSent;
    private volatile @Nullable Metadata trailers;

    StreamFacts(Replay<?> replay) {
        this.replay = replay;
    }

    /** Returns whether anything has been written to a connection. */
    boolean headersSent() {
        return headersSent;
    }

    /**
     * Returns whether the status that came with {@code metadata} is the server's own word. The client library may end a stream whose trailers have come, but that nobody has
     * heard yet, by a status of its own (at the deadline, for example), which then comes with other metadata: what came from the wire is told by its identity.
     */
    @SuppressWarnings("ReferenceEquality") // equal ones may be empty and the client library's
    boolean said(Metadata metadata) {
        return trailers == metadata;
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
    public void inboundTrailers(Metadata received) {
        trailers = received;
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
