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

    /** Returns a caller that is told by the control plane where the backends are. */
    static GrpcCaller xds(Site site) {
        System.setProperty("io.grpc.xds.bootstrapConfig", """
            {"xds_servers": [{"server_uri": "127.0.0.1:%d", "channel_creds": [{"type": "insecure"}], "server_features": ["xds_v3"]}],
             "node": {"id": "storefront"}}""".formatted(site.xds()));
        return new GrpcCaller(NettyChannelBuilder.forTarget("xds:///" + Fleet.SERVICE)
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
