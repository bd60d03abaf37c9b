package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Verdict;
import io.tulle.client.Mesh;
import io.tulle.testing.sockets.SocketCall;
import io.tulle.testing.sockets.SocketDriver;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.tck.Seen;
import io.tulle.testing.wire.WireServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** gRPC over sockets, by one message each way or as a stream. */
enum GrpcSockets implements SocketDriver {
    UNARY("gRPC unary", MethodType.UNARY),
    STREAMING("gRPC streaming", MethodType.BIDI_STREAMING);

    private static final long PATIENCE_SECONDS = 30;

    private final String title;
    private final MethodType type;

    GrpcSockets(String title, MethodType type) {
        this.title = title;
        this.type = type;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public @Nullable Wire wire(WireServer.Speaks protocol) {
        return protocol == WireServer.Speaks.HTTP2 ? Wire.GRPC : null;
    }

    @Override
    public Client connect(Mesh mesh, Wire wire) {
        return client(MeshChannels.builder(mesh, SERVICE).build());
    }

    /** Returns what makes calls of this kind on {@code channel}, and shuts it down. */
    Client client(ManagedChannel channel) {
        return new Client() {
            @Override
            public Running start(SocketCall call) {
                CallOptions options = call.deadline() == null
                        ? CallOptions.DEFAULT
                        : CallOptions.DEFAULT.withOption(
                                MeshChannels.CALL_OPTIONS, MeshCallOptions.DEFAULT.withDeadline(call.deadline()));
                RunningCall running =
                        new RunningCall(channel.newCall(Methods.of("Call", type, call.idempotent()), options));
                running.start();
                return running;
            }

            @Override
            public void close() {
                channel.shutdownNow();
            }
        };
    }

    /** An application that wants all messages at once. */
    private static final class RunningCall extends ClientCall.Listener<String> implements Running {
        private final ClientCall<String, String> call;
        private final CompletableFuture<Boolean> head = new CompletableFuture<>();
        private final CompletableFuture<Status> end = new CompletableFuture<>();
        private volatile boolean closed;

        RunningCall(ClientCall<String, String> call) {
            this.call = call;
        }

        void start() {
            call.start(this, new Metadata());
            call.request(2);
            call.sendMessage("question");
            call.halfClose();
        }

        @Override
        public void onHeaders(Metadata headers) {
            head.complete(true);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!end.complete(status)) {
                throw new IllegalStateException("closed twice: " + end.join() + ", then " + status);
            }
            head.complete(false);
        }

        @Override
        public void cancel() {
            call.cancel("enough", null);
        }

        @Override
        public void close() {
            closed = true;
            cancel();
        }

        @Override
        public boolean awaitHead() {
            return head.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        @Override
        public Seen awaitEnd() {
            Status status =
                    end.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            if (head.join()) {
                return Seen.response(
                        200,
                        status.isOk() ? Seen.BodyEnd.COMPLETE : closed ? Seen.BodyEnd.CLOSED : Seen.BodyEnd.BROKEN);
            }
            if (status.getCause() instanceof CallFailure failure) {
                return Seen.failed(failure.verdict());
            }
            return status.getCode() == Status.Code.CANCELLED
                    ? Seen.failed(Verdict.CANCELLED)
                    : Seen.response(Codes.http(status.getCode()), Seen.BodyEnd.COMPLETE);
        }
    }
}
