package io.tulle.client.observe;

import io.tulle.api.listener.EndpointInfo;
import java.util.Map;

record FakeEndpoint(String id, String service, String host, int port, Map<String, String> labels)
        implements EndpointInfo {
    static final FakeEndpoint CATALOG = new FakeEndpoint("c1:80", "shop/catalog", "10.0.0.1", 80, Map.of());

    @Override
    public String instanceName() {
        return "catalog-1";
    }
}
