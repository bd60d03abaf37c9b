package io.tulle.benchmarks.macro;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.Address;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.Locality;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.listener.v3.Listener;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.Route;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.List;

/** The service as xDS says it: a listener with a route to everything, a cluster in turn and the backends as its endpoints. */
final class XdsResources {
    private static final String ENDPOINTS = "catalog-endpoints";
    private static final String CLUSTER = "catalog-cluster";

    private XdsResources() {}

    /** Returns one message of each kind. */
    static List<Message> of(List<Integer> ports) {
        return List.of(listener(), cluster(), endpoints(ports));
    }

    private static Listener listener() {
        RouteConfiguration routes = RouteConfiguration.newBuilder()
                .setName("catalog-routes")
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("catalog")
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix(""))
                                .setRoute(RouteAction.newBuilder().setCluster(CLUSTER))))
                .build();
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setRouteConfig(routes)
                .addHttpFilters(
                        HttpFilter.newBuilder().setName("router").setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build();
        return Listener.newBuilder()
                .setName(Fleet.SERVICE)
                .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager)))
                .build();
    }

    private static Cluster cluster() {
        return Cluster.newBuilder()
                .setName(CLUSTER)
                .setType(Cluster.DiscoveryType.EDS)
                .setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder()
                        .setServiceName(ENDPOINTS)
                        .setEdsConfig(ConfigSource.newBuilder().setAds(AggregatedConfigSource.getDefaultInstance())))
                .build();
    }

    private static ClusterLoadAssignment endpoints(List<Integer> ports) {
        LocalityLbEndpoints.Builder here = LocalityLbEndpoints.newBuilder()
                .setLocality(Locality.newBuilder().setRegion("region").setZone("zone"))
                .setLoadBalancingWeight(UInt32Value.of(1));
        for (int port : ports) {
            SocketAddress socket = SocketAddress.newBuilder()
                    .setAddress("127.0.0.1")
                    .setPortValue(port)
                    .build();
            here.addLbEndpoints(LbEndpoint.newBuilder()
                    .setHealthStatus(HealthStatus.HEALTHY)
                    .setEndpoint(Endpoint.newBuilder()
                            .setAddress(Address.newBuilder().setSocketAddress(socket))));
        }
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(ENDPOINTS)
                .addEndpoints(here)
                .build();
    }
}
