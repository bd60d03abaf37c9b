package io.tulle.grpc;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What a stream's tracer has seen. gRPC may make several streams for one attempt, one after another (gRFC A6, transparent retries): the last one counts. Thread-safe. */
final class StreamFacts extends ClientStreamTracer {
    /** Nothing: there has been no stream. */
    static final StreamFacts NONE = new StreamFacts(new Replay<>(0));

    private static final VarHandle WRITTEN;
    private static final VarHandle READ;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WRITTEN = lookup.findVarHandle(StreamFacts.class, "written", long.class);
            READ = lookup.findVarHandle(StreamFacts.class, "read", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Replay<?> replay;

    @SuppressWarnings("unused") // by WRITTEN
    private volatile long written;

    private volatile long read;
    private volatile boolean taken;
    private volatile boolean headersSent;
    private volatile boolean news;
    private volatile @Nullable Metadata trailers;

    StreamFacts(Replay<?> replay) {
        this.replay = replay;
    }

    /** Returns whether a connection has taken the stream. Its credentials, if any, were there then: what ends it before, somebody on this side has said. */
    boolean taken() {
        return taken;
    }

    /** Returns whether anything has been written to a connection. */
    boolean headersSent() {
        return headersSent;
    }

    /** Returns whether a response has begun, or the stream has ended, of which its listener need not have heard yet. */
    boolean news() {
        return news;
    }

    /**
     * Returns whether the status that came with {@code metadata} is the server's own word. The client library may end a stream whose trailers have come, but that
     * nobody has heard yet, by a status of its own (for a message that it cannot read, for example), which then comes with other metadata: what came from the
     * wire is told by its identity.
     */
    @SuppressWarnings("ReferenceEquality") // equal ones may be empty and the client library's
    boolean said(Metadata metadata) {
        return trailers == metadata;
    }

    /** Returns the bytes of messages that have come in. */
    long bytesRead() {
        return read;
    }

    @Override
    public void streamCreated(Attributes connection, Metadata headers) {
        taken = true;
    }

    @Override
    public void outboundHeaders() {
        headersSent = true;
    }

    @Override
    public void inboundHeaders() {
        news = true;
    }

    @Override
    public void streamClosed(Status status) {
        news = true;
    }

    @Override
    public void inboundTrailers(Metadata received) {
        trailers = received;
    }

    @Override
    public void outboundWireSize(long bytes) {
        if (bytes > 0) { // the in-process transport does not know
            replay.written((long) WRITTEN.getAndAdd(this, bytes) + bytes);
        }
    }

    @Override
    public void inboundWireSize(long bytes) {
        if (bytes > 0) {
            READ.getAndAdd(this, bytes);
        }
    }
}
