package io.tulle.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.TransportError;
import io.tulle.testing.FakeExchange;
import io.tulle.testing.FakeTransport;
import io.tulle.testing.tck.ScriptedRequest;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An attempt's call over a scripted exchange: picks, and tells its listener and its tracer what grpc-java tells. */
final class FakeClientCall extends ClientCall<String, String> implements FakeExchange.Receiver {
    private static final Metadata.Key<String> PUSH_BACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final FakeTransport transport;
    private final ScriptedRequest scripted;
    private final MeshPicker picker;
    private final MethodDescriptor<?, ?> method;
    private final CallOptions options;
    private @Nullable Listener<String> listener;
    private @Nullable FakeExchange exchange;
    private @Nullable ClientStreamTracer tracer;
    private boolean closed;

    FakeClientCall(
            FakeTransport transport,
            ScriptedRequest scripted,
            MeshPicker picker,
            MethodDescriptor<?, ?> method,
            CallOptions options) {
        this.transport = transport;
        this.scripted = scripted;
        this.picker = picker;
        this.method = method;
        this.options = options;
    }

    @Override
    public void start(Listener<String> newListener, Metadata headers) {
        listener = newListener;
        PickResult picked = picker.pickSubchannel(args(headers));
        if (!picked.getStatus().isOk()) {
            close(picked.getStatus(), new Metadata());
            return;
        }
        FakeChannel.Connected to = (FakeChannel.Connected) Objects.requireNonNull(picked.getSubchannel());
        FakeExchange opened = transport.open(to.endpoint);
        exchange = opened;
        tracer = options.getStreamTracerFactories()
                .get(0)
                .newClientStreamTracer(
                        ClientStreamTracer.StreamInfo.newBuilder().build(), headers);
        tracer.streamCreated(Attributes.EMPTY, headers);
        if (opened.reply().sends()) {
            tracer.outboundHeaders();
        }
        opened.start(this);
    }

    private PickSubchannelArgs args(Metadata headers) {
        return new PickSubchannelArgs() {
            @Override
            public CallOptions getCallOptions() {
                return options;
            }

            @Override
            public Metadata getHeaders() {
                return headers;
            }

            @Override
            public MethodDescriptor<?, ?> getMethodDescriptor() {
                return method;
            }
        };
    }

    @Override
    public void sendMessage(String message) {
        FakeExchange sent = exchange;
        if (closed) {
            throw new IllegalStateException("call was cancelled or closed");
        }
        if (sent != null && tracer != null && sent.reply().sends()) {
            tracer.outboundWireSize(message.length());
            if (message.equals(GrpcDriver.FIRST)) {
                scripted.writeBody();
            }
        }
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
        FakeExchange sent = exchange;
        if (sent != null) {
            sent.cancel();
            sent.close();
        }
        close(Status.CANCELLED.withDescription(message).withCause(cause), new Metadata());
    }

    @Override
    public void head(ResponseHead head) {
        if (head.status() == 200) {
            Objects.requireNonNull(tracer).inboundHeaders(new Metadata());
            Objects.requireNonNull(listener).onHeaders(new Metadata());
            return;
        }
        Metadata trailers = new Metadata();
        long pause = head.pushBackNanos();
        if (pause != -1) {
            trailers.put(
                    PUSH_BACK, pause == Long.MAX_VALUE ? "-1" : String.valueOf(TimeUnit.NANOSECONDS.toMillis(pause)));
        }
        Objects.requireNonNull(tracer).inboundTrailers(trailers);
        close(GrpcScenario.status(head.status()), trailers);
    }

    @Override
    public void end(Outcome outcome) {
        TransportError error = outcome.error();
        if (closed) {
            return;
        }
        if (error == null) {
            Objects.requireNonNull(listener).onMessage("reply");
            Metadata trailers = new Metadata();
            Objects.requireNonNull(tracer).inboundTrailers(trailers);
            close(Status.OK, trailers);
        } else {
            close(
                    switch (error) {
                        case PROTOCOL -> Status.INTERNAL;
                        case CANCELLED -> Status.CANCELLED;
                        default -> Status.UNAVAILABLE;
                    },
                    new Metadata());
        }
    }

    private void close(Status status, Metadata trailers) {
        if (!closed) {
            closed = true;
            Objects.requireNonNull(listener).onClose(status, trailers);
        }
    }

    @Override
    public void request(int count) {}

    @Override
    public void halfClose() {
        if (closed) {
            throw new IllegalStateException("call was cancelled or closed");
        }
    }
}
