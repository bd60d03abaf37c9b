package io.tulle.examples.bookshop.service;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.EquivalentAddressGroup;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The control for ratings: a plain channel of grpc-java with its {@code round_robin} over a fixed list, and a deadline. Nothing else. Thread-safe. */
final class RoundRobinRatings implements ClientInterceptor {
    private static final String SCHEME = "fixed";

    private final Map<Integer, String> instances = new HashMap<>(); // by port; not changed any more
    private final Duration timeout;
    private final CallStats stats;
    private final Fixed resolver;
    private final ManagedChannel channel;

    RoundRobinRatings(List<RoundRobinBookClient.Target> targets, Duration timeout, CallStats stats) {
        this.timeout = timeout;
        this.stats = stats;
        List<EquivalentAddressGroup> addresses = new ArrayList<>();
        for (RoundRobinBookClient.Target target : targets) {
            URI uri = URI.create("http://" + target.address());
            instances.put(uri.getPort(), target.instance());
            addresses.add(new EquivalentAddressGroup(new InetSocketAddress(uri.getHost(), uri.getPort())));
        }
        resolver = new Fixed(addresses);
        NameResolverRegistry.getDefaultRegistry()
                .register(resolver); // a channel takes one of its own only by what is deprecated
        channel = ManagedChannelBuilder.forTarget(SCHEME + ":///ratings")
                .defaultLoadBalancingPolicy("round_robin")
                .intercept(this)
                .usePlaintext()
                .build();
    }

    String rating(String book) throws IOException {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return ClientCalls.blockingUnaryCall(channel, Ratings.RATING, options, book);
        } catch (StatusRuntimeException e) {
            throw new IOException("ratings: " + e.getStatus().getCode().name().toLowerCase(Locale.ROOT), e);
        }
    }

    void close() {
        channel.shutdownNow();
        NameResolverRegistry.getDefaultRegistry().deregister(resolver);
    }

    /** Counts whom a call went to, which is known when it is over. */
    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        ClientCall<Q, R> call = next.newCall(method, options);
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<R> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                went(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }

    private void went(@Nullable SocketAddress to) {
        String instance = to instanceof InetSocketAddress address ? instances.get(address.getPort()) : null;
        if (instance != null) {
            stats.attempted(instance);
        }
    }

    /** Resolves every name to the same addresses. */
    private static final class Fixed extends NameResolverProvider {
        private final List<EquivalentAddressGroup> addresses;

        Fixed(List<EquivalentAddressGroup> addresses) {
            this.addresses = addresses;
        }

        @Override
        public String getDefaultScheme() {
            return SCHEME;
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 1;
        }

        @Override
        public NameResolver newNameResolver(URI target, NameResolver.Args args) {
            return new NameResolver() {
                @Override
                public String getServiceAuthority() {
                    return "ratings";
                }

                @Override
                public void start(Listener2 listener) {
                    listener.onResult(ResolutionResult.newBuilder()
                            .setAddressesOrError(StatusOr.fromValue(addresses))
                            .build());
                }

                @Override
                public void shutdown() {
                    // there is nothing to end
                }
            };
        }
    }
}
