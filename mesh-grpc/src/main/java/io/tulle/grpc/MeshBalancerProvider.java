package io.tulle.grpc;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;

/** Makes the balancer of channels to the mesh; grpc-java finds it by itself, and the resolver asks for it. Thread-safe. */
public final class MeshBalancerProvider extends LoadBalancerProvider {
    static final String NAME = "mesh_endpoints";

    /** For {@link java.util.ServiceLoader}. */
    public MeshBalancerProvider() {}

    @Override
    public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
        return new MeshBalancer(helper);
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int getPriority() {
        return 5;
    }

    @Override
    public String getPolicyName() {
        return NAME;
    }
}
