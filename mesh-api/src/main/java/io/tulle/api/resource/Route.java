package io.tulle.api.resource;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How calls to a service are routed, bounded and retried. At most one route per service.
 *
 * @param metadata who it is
 * @param spec what it does
 */
public record Route(Metadata metadata, Spec spec) implements Resource {
    @Override
    public Kind kind() {
        return Kind.ROUTE;
    }

    @Override
    public String service() {
        return qualify(spec.service());
    }

    @Override
    public Route withMetadata(Metadata other) {
        return new Route(other, spec);
    }

    /**
     * The rules of a route.
     *
     * @param service the called service as name or namespace/name
     * @param rules tried in order, the first that matches wins; a call that matches none goes to the whole service under the default rule
     * @param retryBudget what all rules together may spend on retries
     */
    public record Spec(
            String service,
            @Default("[]") List<Rule> rules,
            @Default("{}") RetryBudget retryBudget) {
        /** Validates and copies. */
        public Spec {
            rules = List.copyOf(rules);
            new FieldChecks("spec")
                    .serviceReference("service", service)
                    .range("rules", rules.size(), 0, 1000)
                    .unique("rules", rules, Rule::name)
                    .done();
        }
    }

    /**
     * One rule.
     *
     * @param name shows in metrics and logs; unique in the route
     * @param matches the rule applies when any of them matches; none means every call
     * @param destinations where to, by weight; none means the whole service
     * @param timeout the call's deadline, retries and body included; 0s means none
     * @param retry whether and how failures are retried
     * @param idempotent whether calls under this rule may be repeated; null means what method and headers say
     * @param hedge whether a call that is slow to be answered is sent again while the first attempt is still out; null means never
     */
    public record Rule(
            @Default("") String name,
            @Default("[]") List<Match> matches,
            @Default("[]") List<Destination> destinations,
            @Default("15s") Duration timeout,
            @Default("{}") Retry retry,
            @Nullable Boolean idempotent,
            @Since(2) @Nullable Hedge hedge) {
        /** Every call, to the whole service. Its timeout is the deadline of a call that nothing else bounds. */
        public static final Rule DEFAULT = Defaults.of(Rule.class);

        /** Validates and copies. */
        public Rule {
            matches = List.copyOf(matches);
            destinations = List.copyOf(destinations);
            long weights = destinations.stream().mapToLong(Destination::weight).sum();
            new FieldChecks("rule")
                    .optionalName("name", name)
                    .duration("timeout", timeout, Duration.ZERO, Duration.ofHours(24))
                    .that(
                            destinations.isEmpty() || weights > 0,
                            "destinations",
                            "weights add up to 0",
                            "at least one weight above 0")
                    .that(
                            hedge == null || hedge.attempts <= retry.attempts,
                            "hedge/attempts",
                            hedge == null ? "" : hedge.attempts,
                            "at most retry.attempts (" + retry.attempts + "), which bounds all attempts of a call")
                    .that(
                            hedge == null
                                    || retry.attemptTimeout.isZero()
                                    || hedge.delay.compareTo(retry.attemptTimeout) < 0,
                            "hedge/delay",
                            hedge == null ? "" : hedge.delay,
                            "less than retry.attemptTimeout (" + Durations.format(retry.attemptTimeout)
                                    + "), after which the attempt is not waited for")
                    .done();
        }

        /** Returns a builder that starts from the defaults. */
        public static Builder builder() {
            return new Builder();
        }

        /** Builds rules; starts from the defaults. Not thread-safe. */
        public static final class Builder {
            private String name = DEFAULT.name;
            private List<Match> matches = DEFAULT.matches;
            private List<Destination> destinations = DEFAULT.destinations;
            private Duration timeout = DEFAULT.timeout;
            private Retry retry = DEFAULT.retry;
            private @Nullable Boolean idempotent = DEFAULT.idempotent;
            private @Nullable Hedge hedge = DEFAULT.hedge;

            private Builder() {}

            /** Sets the name. */
            public Builder name(String value) {
                name = value;
                return this;
            }

            /** Sets the matches. */
            public Builder matches(Match... value) {
                matches = List.of(value);
                return this;
            }

            /** Sets the destinations. */
            public Builder destinations(Destination... value) {
                destinations = List.of(value);
                return this;
            }

            /** Sets the call's deadline. */
            public Builder timeout(Duration value) {
                timeout = value;
                return this;
            }

            /** Sets how failures are retried. */
            public Builder retry(Retry value) {
                retry = value;
                return this;
            }

            /** Sets whether calls may be repeated. */
            public Builder idempotent(@Nullable Boolean value) {
                idempotent = value;
                return this;
            }

            /** Sets whether and how calls are hedged. */
            public Builder hedge(@Nullable Hedge value) {
                hedge = value;
                return this;
            }

            /** Validates and returns the rule. */
            public Rule build() {
                return new Rule(name, matches, destinations, timeout, retry, idempotent, hedge);
            }
        }
    }

    /**
     * A condition: all parts that are given must hold.
     *
     * @param path on the request's path
     * @param method the HTTP method, in upper case
     * @param headers on header values
     */
    public record Match(
            @Nullable PathMatch path,
            @Nullable String method,
            @Default("[]") List<HeaderMatch> headers) {
        /** Validates and copies. */
        public Match {
            headers = List.copyOf(headers);
            new FieldChecks("match")
                    .that(
                            method == null || method.matches("[A-Z]{1,20}"),
                            "method",
                            "'" + method + "'",
                            "an HTTP method in upper case")
                    .done();
        }
    }

    /**
     * A condition on the path: exactly one of the two.
     *
     * @param exact the whole path
     * @param prefix a prefix in whole segments, as in the Gateway API: {@code /a} matches {@code /a} and {@code /a/b}, not {@code /ab}
     */
    public record PathMatch(
            @Nullable String exact, @Nullable String prefix) {
        /** Validates. */
        public PathMatch {
            new FieldChecks("path")
                    .that(
                            (exact == null) != (prefix == null),
                            "",
                            exact == null ? "neither" : "both",
                            "exactly one of exact and prefix")
                    .that(
                            exact == null || exact.startsWith("/"),
                            "exact",
                            "'" + exact + "'",
                            "a path that starts with /")
                    .that(
                            prefix == null || prefix.startsWith("/"),
                            "prefix",
                            "'" + prefix + "'",
                            "a path that starts with /")
                    .done();
        }
    }

    /**
     * A condition on a header: it holds when any value of that header matches.
     *
     * @param name in any case
     * @param exact the whole value; null means any value will do
     */
    public record HeaderMatch(String name, @Nullable String exact) {
        /** Validates. */
        public HeaderMatch {
            new FieldChecks("header")
                    .that(
                            name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}"),
                            "name",
                            "'" + name + "'",
                            "a header name (RFC 9110)")
                    .done();
        }
    }

    /**
     * Where calls go.
     *
     * @param service a service as name or namespace/name; empty means the route's own
     * @param subset one of that service's subsets; empty means all its instances
     * @param weight share relative to the other destinations, 0..1000000
     */
    public record Destination(
            @Default("") String service,
            @Default("") String subset,
            @Default("1") int weight) {
        /** Validates. */
        public Destination {
            FieldChecks checks = new FieldChecks("destination");
            if (!service.isEmpty()) {
                checks.serviceReference("service", service);
            }
            checks.optionalName("subset", subset)
                    .range("weight", weight, 0, 1_000_000)
                    .done();
        }

        /** Returns a destination in the route's own service. */
        public static Destination subset(String subset, int weight) {
            return new Destination("", subset, weight);
        }
    }

    /**
     * Whether and how a failed attempt is followed by another. Only what is certainly unprocessed or idempotent is retried.
     *
     * @param attempts how many attempts a call may have in all, 1..10; 1 means no retries
     * @param attemptTimeout bounds each attempt until its response is accepted; 0s means only the deadline counts
     * @param statuses which response statuses of idempotent calls are retried; none when empty
     * @param backoffBase the first back-off is drawn from 0 to this
     * @param backoffMax no back-off is longer than this
     */
    public record Retry(
            @Default("3") int attempts,
            @Default("0s") Duration attemptTimeout,
            @Default("[500, 502, 503, 504]") List<Integer> statuses,
            @Default("25ms") Duration backoffBase,
            @Default("250ms") Duration backoffMax) {
        /** Up to three attempts for calls that may be repeated. */
        public static final Retry DEFAULT = Defaults.of(Retry.class);

        /** One attempt, no retries. */
        public static final Retry NEVER = builder().attempts(1).build();

        /** Validates and copies. */
        public Retry {
            statuses = List.copyOf(statuses);
            new FieldChecks("retry")
                    .range("attempts", attempts, 1, 10)
                    .duration("attemptTimeout", attemptTimeout, Duration.ZERO, Duration.ofHours(1))
                    .that(
                            statuses.stream().allMatch(s -> s >= 400 && s <= 599),
                            "statuses",
                            statuses,
                            "statuses from 400 to 599")
                    .duration("backoffBase", backoffBase, Duration.ZERO, Duration.ofMinutes(1))
                    .duration("backoffMax", backoffMax, backoffBase, Duration.ofMinutes(5))
                    .done();
        }

        /** Returns a builder that starts from the defaults. */
        public static Builder builder() {
            return new Builder();
        }

        /** Builds retry settings; starts from the defaults. Not thread-safe. */
        public static final class Builder {
            private int attempts = DEFAULT.attempts;
            private Duration attemptTimeout = DEFAULT.attemptTimeout;
            private List<Integer> statuses = DEFAULT.statuses;
            private Duration backoffBase = DEFAULT.backoffBase;
            private Duration backoffMax = DEFAULT.backoffMax;

            private Builder() {}

            /** Sets how many attempts a call may have in all. */
            public Builder attempts(int value) {
                attempts = value;
                return this;
            }

            /** Sets what bounds each attempt. */
            public Builder attemptTimeout(Duration value) {
                attemptTimeout = value;
                return this;
            }

            /** Sets which statuses are retried. */
            public Builder statuses(Integer... value) {
                statuses = List.of(value);
                return this;
            }

            /** Sets the first and the longest back-off. */
            public Builder backoff(Duration base, Duration max) {
                backoffBase = base;
                backoffMax = max;
                return this;
            }

            /** Validates and returns the settings. */
            public Retry build() {
                return new Retry(attempts, attemptTimeout, statuses, backoffBase, backoffMax);
            }
        }
    }

    /**
     * When a call that may be repeated is sent again while earlier attempts are still out (the hedgingPolicy of gRFC A6, Envoy's hedge_policy). The first
     * response that is not to be retried wins and the other attempts are cancelled. {@link Retry} says which failures are no answer and how many attempts
     * there may be in all; each hedge is paid from the {@link RetryBudget}, and a denial stops the hedging of the call, not the call.
     *
     * @param delay how long the latest attempt is waited for before another is sent beside it, 0s..1h; 0s sends them together
     * @param attempts how many attempts may be out at once, 2..5
     */
    public record Hedge(
            @Default("50ms") Duration delay, @Default("2") int attempts) {
        /** A second attempt after 50 ms. */
        public static final Hedge DEFAULT = Defaults.of(Hedge.class);

        /** Validates. */
        public Hedge {
            new FieldChecks("hedge")
                    .duration("delay", delay, Duration.ZERO, Duration.ofHours(1))
                    .range("attempts", attempts, 2, 5)
                    .done();
        }

        /** Returns a second attempt after {@code delay}. */
        public static Hedge after(Duration delay) {
            return new Hedge(delay, DEFAULT.attempts);
        }
    }

    /**
     * What a client may spend on retries and hedges of a service: over a sliding window, {@code percent} of its calls plus {@code minPerSecond}. (Finagle's and
     * GEP-3388's retry budget; Google SRE's 10 %.)
     *
     * @param percent of the calls in the window, 0..100
     * @param minPerSecond retries a second that are always allowed, 0..1000
     * @param window how far back calls count, 1s..1m
     */
    public record RetryBudget(
            @Default("10") double percent,
            @Default("1") double minPerSecond,
            @Default("10s") Duration window) {
        /** 10 % of calls and one a second, over ten seconds. */
        public static final RetryBudget DEFAULT = Defaults.of(RetryBudget.class);

        /** Validates. */
        public RetryBudget {
            new FieldChecks("retryBudget")
                    .percent("percent", percent)
                    .that(minPerSecond >= 0 && minPerSecond <= 1000, "minPerSecond", minPerSecond, "0..1000")
                    .duration("window", window, Duration.ofSeconds(1), Duration.ofMinutes(1))
                    .done();
        }
    }
}
