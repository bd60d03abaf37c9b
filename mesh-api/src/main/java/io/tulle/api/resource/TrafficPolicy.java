package io.tulle.api.resource;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How calls to a service are balanced and protected. At most one per service.
 *
 * @param metadata who it is
 * @param spec what it does
 */
public record TrafficPolicy(Metadata metadata, Spec spec) implements Resource {
    @Override
    public Kind kind() {
        return Kind.TRAFFIC_POLICY;
    }

    @Override
    public String service() {
        return qualify(spec.service());
    }

    @Override
    public TrafficPolicy withMetadata(Metadata other) {
        return new TrafficPolicy(other, spec);
    }

    /**
     * The settings of a policy.
     *
     * @param service the called service as name or namespace/name
     * @param loadBalancer how an endpoint is chosen
     * @param outlierDetection when an endpoint is taken out, and for how long
     * @param serviceBreaker refuses calls while the whole service fails; null means off
     * @param concurrencyLimit bounds calls in flight; null means unbounded
     * @param inbound what each process of the service takes in; null means everything
     */
    public record Spec(
            String service,
            @Default("{}") LoadBalancer loadBalancer,
            @Default("{}") OutlierDetection outlierDetection,
            @Nullable ServiceBreaker serviceBreaker,
            @Nullable ConcurrencyLimit concurrencyLimit,
            @Since(2) @Nullable Inbound inbound) {
        /** Validates. */
        public Spec {
            new FieldChecks("spec").serviceReference("service", service).done();
        }

        /** Returns the settings that hold for a service without a policy. */
        public static Spec defaults(String service) {
            return new Spec(service, LoadBalancer.DEFAULT, OutlierDetection.DEFAULT, null, null, null);
        }

        /** Returns the same settings with another load balancer. */
        public Spec withLoadBalancer(LoadBalancer value) {
            return new Spec(service, value, outlierDetection, serviceBreaker, concurrencyLimit, inbound);
        }

        /** Returns the same settings with another outlier detection. */
        public Spec withOutlierDetection(OutlierDetection value) {
            return new Spec(service, loadBalancer, value, serviceBreaker, concurrencyLimit, inbound);
        }

        /** Returns the same settings with another service breaker. */
        public Spec withServiceBreaker(@Nullable ServiceBreaker value) {
            return new Spec(service, loadBalancer, outlierDetection, value, concurrencyLimit, inbound);
        }

        /** Returns the same settings with another concurrency limit. */
        public Spec withConcurrencyLimit(@Nullable ConcurrencyLimit value) {
            return new Spec(service, loadBalancer, outlierDetection, serviceBreaker, value, inbound);
        }

        /** Returns the same settings with another bound on what a process takes in. */
        public Spec withInbound(@Nullable Inbound value) {
            return new Spec(service, loadBalancer, outlierDetection, serviceBreaker, concurrencyLimit, value);
        }
    }

    /** How an endpoint is chosen. */
    public enum Algorithm {
        /** The better of two random endpoints by latency x calls in flight (P2C on peak-EWMA). */
        PEAK_EWMA,
        /** Each in turn, by weight (static stride, gRFC A58). */
        ROUND_ROBIN
    }

    /**
     * How an endpoint is chosen.
     *
     * @param algorithm which rule
     * @param decay how fast a latency is forgotten: the time constant of the average, 100ms..10m
     * @param failurePenalty the latency that a failure counts as at least, so that an endpoint that fails fast does not look fast; 0s..1m
     */
    public record LoadBalancer(
            @Default("peakEwma") Algorithm algorithm,
            @Default("10s") Duration decay,
            @Default("1s") Duration failurePenalty) {
        /** P2C on peak-EWMA. */
        public static final LoadBalancer DEFAULT = Defaults.of(LoadBalancer.class);

        /** Validates. */
        public LoadBalancer {
            new FieldChecks("loadBalancer")
                    .duration("decay", decay, Duration.ofMillis(100), Duration.ofMinutes(10))
                    .duration("failurePenalty", failurePenalty, Duration.ZERO, Duration.ofMinutes(1))
                    .done();
        }

        /** Returns the default settings with another algorithm. */
        public static LoadBalancer of(Algorithm algorithm) {
            return new LoadBalancer(algorithm, DEFAULT.decay, DEFAULT.failurePenalty);
        }
    }

    /**
     * When an endpoint is taken out. All detectors feed one ledger with one cap and one panic rule; an ejected endpoint comes back through a single
     * trial call.
     *
     * @param consecutiveFailures failures in a row that eject, 1..1000; 0 means off
     * @param failureRatePercent share of failures among the last calls (at most 63) that ejects; 0 means off
     * @param minimumCalls calls that an endpoint must have had before its failure rate counts, 1..63
     * @param baseEjectionTime the first ejection; the n-th in a row lasts n times that, 1ms..1h
     * @param maxEjectionTime no ejection is longer
     * @param maxEjectionPercent of the service's endpoints that may be out at once; with two or more endpoints, one always may
     * @param panicThresholdPercent when fewer of a destination's endpoints are healthy, health is ignored and all are used; 0 means never
     */
    public record OutlierDetection(
            @Default("5") int consecutiveFailures,
            @Default("50") double failureRatePercent,
            @Default("20") int minimumCalls,
            @Default("10s") Duration baseEjectionTime,
            @Default("5m") Duration maxEjectionTime,
            @Default("50") double maxEjectionPercent,
            @Default("50") double panicThresholdPercent) {
        /** Five in a row or half of the last 20 to 63 calls; at most half of the endpoints out. */
        public static final OutlierDetection DEFAULT = Defaults.of(OutlierDetection.class);

        /** Validates. */
        public OutlierDetection {
            new FieldChecks("outlierDetection")
                    .range("consecutiveFailures", consecutiveFailures, 0, 1000)
                    .percent("failureRatePercent", failureRatePercent)
                    .range("minimumCalls", minimumCalls, 1, 63)
                    .duration("baseEjectionTime", baseEjectionTime, Duration.ofMillis(1), Duration.ofHours(1))
                    .duration("maxEjectionTime", maxEjectionTime, baseEjectionTime, Duration.ofHours(24))
                    .percent("maxEjectionPercent", maxEjectionPercent)
                    .percent("panicThresholdPercent", panicThresholdPercent)
                    .done();
        }

        /** Returns a builder that starts from the defaults. */
        public static Builder builder() {
            return new Builder();
        }

        /** Builds outlier detection; starts from the defaults. Not thread-safe. */
        public static final class Builder {
            private int consecutiveFailures = DEFAULT.consecutiveFailures;
            private double failureRatePercent = DEFAULT.failureRatePercent;
            private int minimumCalls = DEFAULT.minimumCalls;
            private Duration baseEjectionTime = DEFAULT.baseEjectionTime;
            private Duration maxEjectionTime = DEFAULT.maxEjectionTime;
            private double maxEjectionPercent = DEFAULT.maxEjectionPercent;
            private double panicThresholdPercent = DEFAULT.panicThresholdPercent;

            private Builder() {}

            /** Sets how many failures in a row eject; 0 means off. */
            public Builder consecutiveFailures(int value) {
                consecutiveFailures = value;
                return this;
            }

            /** Sets the failure rate that ejects and from how many calls on it counts. */
            public Builder failureRate(double percent, int minimum) {
                failureRatePercent = percent;
                minimumCalls = minimum;
                return this;
            }

            /** Sets the first and the longest ejection. */
            public Builder ejectionTime(Duration base, Duration max) {
                baseEjectionTime = base;
                maxEjectionTime = max;
                return this;
            }

            /** Sets how many endpoints may be out at once. */
            public Builder maxEjectionPercent(double value) {
                maxEjectionPercent = value;
                return this;
            }

            /** Sets below which share of healthy endpoints health is ignored. */
            public Builder panicThresholdPercent(double value) {
                panicThresholdPercent = value;
                return this;
            }

            /** Validates and returns the settings. */
            public OutlierDetection build() {
                return new OutlierDetection(
                        consecutiveFailures,
                        failureRatePercent,
                        minimumCalls,
                        baseEjectionTime,
                        maxEjectionTime,
                        maxEjectionPercent,
                        panicThresholdPercent);
            }
        }
    }

    /**
     * Refuses calls while the whole service fails; counts verdicts, not attempts.
     *
     * @param failureRatePercent share of failed calls in the window that opens it, above 0
     * @param minimumCalls calls in the window before the rate counts, 1..1000000
     * @param window how far back calls count, 1s..10m
     * @param openDuration how long it stays open before it tries, 10ms..1h
     * @param halfOpenCalls how many trial calls must succeed to close it, 1..1000
     */
    public record ServiceBreaker(
            @Default("50") double failureRatePercent,
            @Default("20") int minimumCalls,
            @Default("10s") Duration window,
            @Default("5s") Duration openDuration,
            @Default("3") int halfOpenCalls) {
        /** Half of at least 20 calls in ten seconds. */
        public static final ServiceBreaker DEFAULT = Defaults.of(ServiceBreaker.class);

        /** Validates. */
        public ServiceBreaker {
            new FieldChecks("serviceBreaker")
                    .that(
                            failureRatePercent > 0 && failureRatePercent <= 100,
                            "failureRatePercent",
                            failureRatePercent,
                            "above 0, up to 100")
                    .range("minimumCalls", minimumCalls, 1, 1_000_000)
                    .duration("window", window, Duration.ofSeconds(1), Duration.ofMinutes(10))
                    .duration("openDuration", openDuration, Duration.ofMillis(10), Duration.ofHours(1))
                    .range("halfOpenCalls", halfOpenCalls, 1, 1000)
                    .done();
        }
    }

    /**
     * Bounds calls in flight.
     *
     * @param maxInFlightPerEndpoint attempts of this client that one endpoint may have in flight, 1..1000000
     */
    public record ConcurrencyLimit(int maxInFlightPerEndpoint) {
        /** Validates. */
        public ConcurrencyLimit {
            new FieldChecks("concurrencyLimit")
                    .range("maxInFlightPerEndpoint", maxInFlightPerEndpoint, 1, 1_000_000)
                    .done();
        }
    }

    /**
     * What each process of the service takes in, enforced by the process itself whoever calls it.
     *
     * @param maxInFlight requests that one process serves at the same time, 1..1000000; it refuses more. Null means unbounded
     */
    public record Inbound(@Nullable Integer maxInFlight) {
        /** Validates. */
        public Inbound {
            if (maxInFlight != null) {
                new FieldChecks("inbound")
                        .range("maxInFlight", maxInFlight, 1, 1_000_000)
                        .done();
            }
        }
    }
}
