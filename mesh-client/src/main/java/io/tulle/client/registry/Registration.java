package io.tulle.client.registry;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
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
 */
public record Registration(
        String name, String host, int port, Map<String, String> labels, int weight, Instance.Locality locality) {
    private static final int USUAL_WEIGHT = 100;

    /** Copies. */
    public Registration {
        labels = Map.copyOf(labels);
    }

    /** Returns a registration without labels, of weight 100, that does not say where it runs. */
    public static Registration of(String name, String host, int port) {
        return new Registration(name, host, port, Map.of(), USUAL_WEIGHT, Instance.Locality.UNKNOWN);
    }

    /** Returns the same with other labels. */
    public Registration withLabels(Map<String, String> newLabels) {
        return new Registration(name, host, port, newLabels, weight, locality);
    }

    /** Returns the same with another weight. */
    public Registration withWeight(int newWeight) {
        return new Registration(name, host, port, labels, newWeight, locality);
    }

    /** Returns the same, running elsewhere. */
    public Registration withLocality(Instance.Locality newLocality) {
        return new Registration(name, host, port, labels, weight, newLocality);
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
                        locality));
    }
}
