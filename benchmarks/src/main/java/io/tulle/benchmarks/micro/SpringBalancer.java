package io.tulle.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClientsProperties;
import org.springframework.cloud.loadbalancer.blocking.client.BlockingLoadBalancerClient;
import org.springframework.cloud.loadbalancer.cache.DefaultLoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheProperties;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Spring Cloud LoadBalancer with the parts that a user of RestClient gets: discovery client, caching supplier, round robin, blocking client. */
public final class SpringBalancer {
    private SpringBalancer() {}

    /** Returns a client that knows {@code service} with an instance at each of these ports of loopback. */
    public static LoadBalancerClient client(String service, List<Integer> ports) {
        List<ServiceInstance> instances = new ArrayList<>();
        for (int port : ports) {
            instances.add(new DefaultServiceInstance(service + "-" + port, service, "127.0.0.1", port, false));
        }
        LoadBalancerClientsProperties properties = new LoadBalancerClientsProperties();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(DiscoveryClient.class, () -> new FixedDiscovery(service, instances));
        context.registerBean(
                LoadBalancerCacheManager.class,
                () -> new DefaultLoadBalancerCacheManager(new LoadBalancerCacheProperties()));
        context.registerBean(LoadBalancerClientsProperties.class, () -> properties);
        context.registerBean(LoadBalancerClientFactory.class, () -> new LoadBalancerClientFactory(properties));
        context.refresh();
        return new BlockingLoadBalancerClient(context.getBean(LoadBalancerClientFactory.class));
    }

    private record FixedDiscovery(String service, List<ServiceInstance> instances) implements DiscoveryClient {
        @Override
        public String description() {
            return "fixed";
        }

        @Override
        public List<ServiceInstance> getInstances(String serviceId) {
            return serviceId.equals(service) ? instances : List.of();
        }

        @Override
        public List<String> getServices() {
            return List.of(service);
        }
    }
}
