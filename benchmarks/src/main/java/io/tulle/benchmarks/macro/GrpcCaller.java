package io.tulle.benchmarks.macro;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;

/** grpc-java with a balancer of its own. */
final class GrpcCaller implements Caller {
    private static final byte[] REQUEST = {7};

    private final ManagedChannel channel;

    private GrpcCaller(ManagedChannel channel) {
        this.channel = channel;
    }

    /** Returns a caller with the balancer {@code round_robin}. */
    static GrpcCaller roundRobin(Site site) {
        return new GrpcCaller(NettyChannelBuilder.forTarget(FixedAddresses.target(site.grpc()))
                .defaultLoadBalancingPolicy("round_robin")
                .usePlaintext()
                .build());
    }

    static byte[] run(Channel channel) {
        return Answer.checked(ClientCalls.blockingUnaryCall(channel, GrpcAnswers.GET, CallOptions.DEFAULT, REQUEST));
    }

    @Override
    public byte[] call() {
        return run(channel);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
