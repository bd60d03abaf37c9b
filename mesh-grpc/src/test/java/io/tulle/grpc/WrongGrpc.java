package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tulle.client.Mesh;
import io.tulle.testing.sockets.SocketDriver;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.WireServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The gRPC driver with a mistake in its channel that is easily made. */
enum WrongGrpc implements SocketDriver {
    /** Saves the memory for what may have to be sent again: grpc-java's, which does so beneath the mesh, and the mesh's. */
    KEEPS_NOTHING {
        @Override
        void plant(ManagedChannelBuilder<?> channel) {
            channel.disableRetry().intercept(new Forgetful());
        }
    },

    /** Takes what has come for everything. */
    TAKES_A_BROKEN_STREAM_FOR_WHOLE {
        @Override
        void plant(ManagedChannelBuilder<?> channel) {
            channel.intercept(new Optimist());
        }
    };

    private static final GrpcSockets KIND = GrpcSockets.UNARY;

    abstract void plant(ManagedChannelBuilder<?> channel);

    @Override
    public String title() {
        return KIND.title() + " " + this;
    }

    @Override
    public @Nullable Wire wire(WireServer.Speaks protocol) {
        return KIND.wire(protocol);
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(3);
    }

    @Override
    public Client connect(Mesh mesh, Wire wire) {
        ManagedChannelBuilder<?> channel = MeshChannels.builder(mesh, SERVICE);
        plant(channel);
        return KIND.client(channel.build());
    }

    private static final class Forgetful implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return next.newCall(method, options.withOption(MeshChannels.REPLAY_LIMIT, 0L));
        }
    }

    private static final class Optimist implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    super.start(new SawTheHead<>(listener), headers);
                }
            };
        }
    }

    private static final class SawTheHead<A> extends SimpleForwardingClientCallListener<A> {
        private boolean head;

        SawTheHead(ClientCall.Listener<A> listener) {
            super(listener);
        }

        @Override
        public void onHeaders(Metadata headers) {
            head = true;
            super.onHeaders(headers);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            super.onClose(head ? Status.OK : status, trailers);
        }
    }
}
