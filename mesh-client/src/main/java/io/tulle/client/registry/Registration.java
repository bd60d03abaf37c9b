package io.tulle.client.registry;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.TlsMode;
import java.util.Map;

/**
 * What a process says about itself so that others can call it.
 *
 * @param name the instance's name, unique in the namespace; the same after a restart
 * @param host where others reach it
 * @param port where it listens, 1..65535
 * @param labels what subsets and routes select by
 * @param weight its share of calls relative to others, 1..1000
 * @param locality where it runs
 * @param tls how callers connect to the port
 * @param protocol what the port speaks
 */
public record Registration(
        String name,
        String host,
        int port,
        Map<String, String> labels,
        int weight,
        Instance.Locality locality,
        TlsMode tls,
        Protocol protocol) {
    private static final int USUAL_WEIGHT = 100;

    /** Copies. */
    public Registration {
        labels = Map.copyOf(labels);
    }

    /** Returns a registration without labels, of weight 100, that takes HTTP in plain text and does not say where it runs. */
    public static Registration of(String name, String host, int port) {
        return new Registration(
                name, host, port, Map.of(), USUAL_WEIGHT, Instance.Locality.UNKNOWN, TlsMode.DISABLED, Protocol.HTTP);
    }

    /** Returns the same with other labels. */
    public Registration withLabels(Map<String, String> newLabels) {
        return new Registration(name, host, port, newLabels, weight, locality, tls, protocol);
    }

    /** Returns the same with another weight. */
    public Registration withWeight(int newWeight) {
        return new Registration(name, host, port, labels, newWeight, locality, tls, protocol);
    }

    /** Returns the same, running elsewhere. */
    public Registration withLocality(Instance.Locality newLocality) {
        return new Registration(name, host, port, labels, weight, newLocality, tls, protocol);
    }

    /** Returns the same, connected to in another way. */
    public Registration withTls(TlsMode newTls) {
        return new Registration(name, host, port, labels, weight, locality, newTls, protocol);
    }

    /** Returns the same, speaking something else. */
    public Registration withProtocol(Protocol newProtocol) {
        return new Registration(name, host, port, labels, weight, locality, tls, newProtocol);
    }

    /**
     * Returns the instance that is registered.
     *
     * @throws io.tulle.api.resource.InvalidResourceException if something in it is not valid
     */
    Instance instance(String service, String uid) {
        String namespace = service.substring(0, service.indexOf('/'));
        return new Instance(
                Metadata.of(namespace, name).withLabels(labels),
                new Instance.Spec(
                        service.substring(service.indexOf('/') + 1),
                        uid,
                        host,
                        port,
                        weight,
                        Instance.State.ACTIVE,
                        locality,
                        tls,
                        protocol));
    }
}
