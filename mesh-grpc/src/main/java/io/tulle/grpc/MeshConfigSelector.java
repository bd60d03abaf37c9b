package io.tulle.grpc;

import io.grpc.Attributes;
import io.grpc.ClientInterceptor;
import io.grpc.InternalConfigSelector;
import io.grpc.LoadBalancer.PickSubchannelArgs;

/**
 * Puts an interceptor above the calls of a channel from below, so that a plain {@code forTarget("mesh:///...")} has it. The only class that uses what
 * grpc-java calls internal; tests run it with the oldest and the newest version that is supported.
 */
final class MeshConfigSelector extends InternalConfigSelector {
    private final Result result;

    private MeshConfigSelector(Object serviceConfig, ClientInterceptor interceptor) {
        result = Result.newBuilder()
                .setConfig(serviceConfig)
                .setInterceptor(interceptor)
                .build();
    }

    /** Returns attributes of a resolution that make a channel use {@code interceptor}, with a service config that its parser has made. */
    static Attributes attributes(Object serviceConfig, ClientInterceptor interceptor) {
        return Attributes.newBuilder()
                .set(KEY, new MeshConfigSelector(serviceConfig, interceptor))
                .build();
    }

    @Override
    public Result selectConfig(PickSubchannelArgs args) {
        return result;
    }
}
