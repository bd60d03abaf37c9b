package io.tulle.api.resource;

import java.util.regex.Pattern;

/**
 * One running copy of a service. Its labels decide which subsets it belongs to.
 *
 * @param metadata who it is; labels are matched by subsets
 * @param spec where it is
 */
public record Instance(Metadata metadata, Spec spec) implements Resource {
    @Override
    public Kind kind() {
        return Kind.INSTANCE;
    }

    @Override
    public String service() {
        return qualify(spec.service());
    }

    @Override
    public Instance withMetadata(Metadata other) {
        return new Instance(other, spec);
    }

    /** Whether an instance takes new calls. */
    public enum State {
        /** Takes calls. */
        ACTIVE,
        /** Finishes what it has and takes no new calls, unless nothing else is left. */
        DRAINING
    }

    /**
     * Where an instance is.
     *
     * @param service the service as name or namespace/name
     * @param uid identity of this process: new at each start, so that a restarted instance begins with a clean record; empty means the
     *     resource's name
     * @param host name or address, without scheme, port or brackets
     * @param port 1..65535
     * @param weight share of traffic relative to others, 1..1000
     * @param state whether it takes new calls
     * @param locality where it runs
     * @param tls how callers connect to the port; a caller that cannot do so does not fall back to plain text
     * @param protocol what the port speaks: of a service that nobody has described, its first instance says it
     */
    public record Spec(
            String service,
            @Default("") String uid,
            String host,
            int port,
            @Default("100") int weight,
            @Default("active") State state,
            @Since(2) @Default("{}") Locality locality,

            @Since(value = 3, required = true) @Default("disabled")
            TlsMode tls,

            @Since(3) @Default("http") Protocol protocol) {
        private static final Pattern HOST = Pattern.compile(
                "[A-Za-z0-9]([-A-Za-z0-9._]{0,252})|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{0,40}(%[A-Za-z0-9]+)?");

        /** Validates. */
        public Spec {
            new FieldChecks("spec")
                    .serviceReference("service", service)
                    .that(
                            uid.length() <= 128 && !uid.contains("/"),
                            "uid",
                            "'" + uid + "'",
                            "at most 128 characters without '/'")
                    .that(
                            HOST.matcher(host).matches(),
                            "host",
                            "'" + host + "'",
                            "a host name or address, without scheme or port")
                    .range("port", port, 1, 65535)
                    .range("weight", weight, 1, 1000)
                    .done();
        }

        /** Creates one that does not say where it runs, and takes plain text. */
        public Spec(String service, String uid, String host, int port, int weight, State state) {
            this(service, uid, host, port, weight, state, Locality.UNKNOWN, TlsMode.DISABLED, Protocol.HTTP);
        }

        /** Returns an active instance of weight 100 that takes plain text. */
        public static Spec of(String service, String uid, String host, int port) {
            return new Spec(service, uid, host, port, 100, State.ACTIVE);
        }

        /** Returns the same whose port is connected to in another way. */
        public Spec withTls(TlsMode value) {
            return new Spec(service, uid, host, port, weight, state, locality, value, protocol);
        }

        /** Returns the same whose port speaks something else. */
        public Spec withProtocol(Protocol value) {
            return new Spec(service, uid, host, port, weight, state, locality, tls, value);
        }
    }

    /**
     * Where an instance runs, in Envoy's terms. For people so far: no policy reads it yet.
     *
     * @param region such as {@code eu-west-1}; empty when it is not known
     * @param zone of the region, such as {@code eu-west-1a}; empty when it is not known
     */
    public record Locality(
            @Default("") String region, @Default("") String zone) {
        /** Nobody has said where. */
        public static final Locality UNKNOWN = new Locality("", "");

        private static final int MOST = 63;

        /** Validates. */
        public Locality {
            new FieldChecks("locality")
                    .that(region.length() <= MOST, "region", "'" + region + "'", "at most " + MOST + " characters")
                    .that(zone.length() <= MOST, "zone", "'" + zone + "'", "at most " + MOST + " characters")
                    .that(!region.isEmpty() || zone.isEmpty(), "region", "''", "the region that the zone is in")
                    .done();
        }
    }
}
