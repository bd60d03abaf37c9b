package io.tulle.benchmarks.macro;

import io.tulle.benchmarks.micro.ComposedChain;
import io.tulle.benchmarks.micro.SpringBalancer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;

/** OkHttp under what a user composes today: Spring Cloud LoadBalancer, Resilience4j and a Micrometer timer. */
final class ChainCaller implements Caller {
    private static final String SERVICE = "catalog";

    private final LoadBalancerClient balancer;
    private final OkHttpClient client = OkHttpCaller.client().build();
    private final Supplier<byte[]> chain = ComposedChain.around(SERVICE, this::send);

    ChainCaller(Site site) {
        balancer = SpringBalancer.client(SERVICE, site.http());
    }

    @Override
    public byte[] call() {
        return chain.get();
    }

    private byte[] send() {
        ServiceInstance instance = Objects.requireNonNull(balancer.choose(SERVICE));
        try {
            return OkHttpCaller.run(
                    client, OkHttpCaller.request("http://" + instance.getHost() + ":" + instance.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
    }
}
