package io.tulle.core.snapshot;

import io.tulle.api.resource.NearestNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A complete compiled configuration. Immutable; the engine holds the current one behind one volatile write. */
public final class MeshSnapshot {
    private final long version;
    private final String ownNamespace;
    private final Map<String, ServiceSnapshot> services;
    private final Map<String, ServiceSnapshot> hosts = new HashMap<>();
    private final Set<String> namespaces = new HashSet<>();
    private final Hearsay hearsay;

    MeshSnapshot(long version, String ownNamespace, Map<String, ServiceSnapshot> services, Hearsay hearsay) {
        this.version = version;
        this.ownNamespace = ownNamespace;
        this.services = new TreeMap<>(services);
        this.hearsay = hearsay;
        namespaces.add(ownNamespace);
        namespaces.addAll(hearsay.namespaces());
        services.forEach((name, service) -> {
            int slash = name.indexOf('/');
            String namespace = name.substring(0, slash);
            String shortName = name.substring(slash + 1);
            namespaces.add(namespace);
            hosts.put(shortName + "." + namespace, service);
            if (namespace.equals(ownNamespace)) {
                hosts.put(shortName, service);
            }
        });
    }

    /** Returns a snapshot that knows nothing. */
    public static MeshSnapshot empty(String ownNamespace) {
        return new MeshSnapshot(0, ownNamespace, Map.of(), Hearsay.NONE);
    }

    /** Returns the same configuration, of the same version, with other hearsay. */
    public MeshSnapshot withHearsay(Hearsay other) {
        return new MeshSnapshot(version, ownNamespace, services, other);
    }

    /** Returns what was said about services that are not here. */
    public Hearsay hearsay() {
        return hearsay;
    }

    /** Returns the version: 0 for the empty one, then one more with each that is published. */
    public long version() {
        return version;
    }

    /** Returns the services, ordered by name. */
    public Collection<ServiceSnapshot> services() {
        return services.values();
    }

    /** Returns the service that {@code host} names ({@code <service>} or {@code <service>.<namespace>}), or null. */
    public @Nullable ServiceSnapshot byHost(String host) {
        return hosts.get(host);
    }

    /** Returns the service {@code namespace/name}, or null. */
    public @Nullable ServiceSnapshot byName(String name) {
        return services.get(name);
    }

    /**
     * Returns whether {@code host} can only mean a service of the mesh: a single label other than {@code localhost}, or two labels of which the second
     * is a namespace that the mesh knows. Every other host is not ours.
     */
    public boolean claims(String host) {
        if (hosts.containsKey(host)) {
            return true;
        }
        int dot = host.indexOf('.');
        if (host.isEmpty()
                || host.indexOf(':') >= 0
                || host.toLowerCase(Locale.ROOT).equals("localhost")) {
            return false;
        }
        return dot < 0
                || namespaces.contains(host.substring(dot + 1)); // an IPv4 address has more dots than a namespace
    }

    /** Returns the service that {@code host} means, as {@code namespace/name}, whether it is known or not; call it for a host that this {@link #claims}. */
    public String serviceOf(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? ownNamespace + "/" + host : host.substring(dot + 1) + "/" + host.substring(0, dot);
    }

    /** Returns a message that says that {@code host} is not known, and which names are near. */
    public String unknown(String host) {
        List<String> near = near(host);
        String hint = near.isEmpty()
                ? services.isEmpty()
                        ? "no service is known"
                        : "known: "
                                + String.join(
                                        ", ",
                                        services.keySet().stream().limit(10).toList())
                : "did you mean " + String.join(" or ", near) + "?";
        return "service '" + host + "' is not known in namespace " + ownNamespace + " (" + hint + ")";
    }

    private List<String> near(String host) {
        List<String> said = hearsay.absent().getOrDefault(serviceOf(host), List.of());
        return said.isEmpty()
                ? NearestNames.to(host, hosts.keySet())
                : said.stream().map(this::host).toList();
    }

    /** Returns how a caller says {@code service}. */
    private String host(String service) {
        int slash = service.indexOf('/');
        String name = service.substring(slash + 1);
        return slash < 0 || service.substring(0, slash).equals(ownNamespace)
                ? name
                : name + "." + service.substring(0, slash);
    }
}
