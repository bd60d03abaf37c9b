package io.tulle.core.snapshot;

import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.TlsMode;
import java.util.Map;

/**
 * An endpoint that an attempt can be sent to. Immutable but for the {@link EndpointState} behind it. Two of them are equal when they have the same
 * identity and address and are connected to in the same way: drivers may key their connections by it.
 */
public final class Endpoint implements EndpointInfo {
    private final String id;
    private final String service;
    private final Instance instance;
    private final EndpointState state;

    Endpoint(String id, String service, Instance instance, EndpointState state) {
        this.id = id;
        this.service = service;
        this.instance = instance;
        this.state = state;
    }

    /** Returns the identity of an instance's endpoint: its uid (or its name, when it has none) and port. */
    static String id(Instance instance) {
        String uid = instance.spec().uid().isEmpty()
                ? instance.metadata().name()
                : instance.spec().uid();
        return uid + ":" + instance.spec().port();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public String host() {
        return instance.spec().host();
    }

    @Override
    public int port() {
        return instance.spec().port();
    }

    /** Returns how its port is connected to. */
    public TlsMode tls() {
        return instance.spec().tls();
    }

    @Override
    public Map<String, String> labels() {
        return instance.metadata().labels();
    }

    @Override
    public String instanceName() {
        return instance.metadata().name();
    }

    /** Returns whether the endpoint takes its share of calls, that is, is not ejected. */
    public boolean healthy() {
        return state.health().healthy();
    }

    /** Returns how many attempts of this process it has in flight. */
    public int inFlight() {
        return state.load().inFlight();
    }

    int weight() {
        return instance.spec().weight();
    }

    /** Returns whether it finishes what it has and gets nothing new unless nothing else is left. */
    public boolean draining() {
        return instance.spec().state() == Instance.State.DRAINING;
    }

    EndpointState state() {
        return state;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint that
                && id.equals(that.id)
                && service.equals(that.service)
                && port() == that.port()
                && host().equals(that.host())
                && tls() == that.tls();
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Returns {@code service/instance (host:port)}. */
    @Override
    public String toString() {
        return service + "/" + instance.metadata().name() + " (" + host() + ":" + port() + ")";
    }
}
