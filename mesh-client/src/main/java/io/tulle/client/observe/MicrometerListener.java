package io.tulle.client.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.TransportError;
import io.tulle.api.call.Verdict;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.BreakerState;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EjectionReason;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.listener.ServedInfo;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what the engine decides, as Micrometer meters. Thread-safe; a call costs one lookup in a small map per event.
 *
 * <p>Every tag is bounded by the configuration or by a fixed list: a method outside the usual nine is {@code OTHER}, a gRPC method its full name (the first
 * 500, then {@code OTHER}), a service that is not known is {@code UNKNOWN}, what is not there is {@code none}, and a status is its class or the name of the
 * gRPC code.
 *
 * <pre>
 * mesh.client.requests        timer    service, subset, rule, method, outcome (the verdict), status (2xx ...)
 * mesh.client.attempts        timer    service, subset, outcome (response, not_sent or the transport error), status
 * mesh.client.retries         counter  service: attempts after another
 * mesh.client.hedges          counter  service: attempts sent beside others that were still out
 * mesh.client.retries.denied  counter  service: the budget was spent
 * mesh.client.ejections       counter  service, reason
 * mesh.server.requests        timer    service, method, outcome (the verdict), status: requests that this process served or refused
 * mesh.server.requests.active gauge    service: requests that are being served
 * mesh.circuitbreaker.state   gauge    service: 0 closed, 1 half open, 2 open
 * mesh.config.version         gauge    the configuration in force
 * mesh.config.rejected        counter
 * mesh.certificate.expiry     gauge    seconds until the certificate of this process ends; none without one
 * mesh.certificate.rejected   counter
 * </pre>
 */
public final class MicrometerListener implements MeshListener {
    private static final String SERVICE = "service";
    private static final double MILLIS = 1000.0;

    private final MeterRegistry registry;
    private final UnaryOperator<Timer.Builder> timers;
    private final MethodLabels methods = new MethodLabels();
    private final ServerMeters served;
    private final Map<CallKey, Timer> requests = new ConcurrentHashMap<>();
    private final Map<AttemptKey, Timer> attempts = new ConcurrentHashMap<>();
    private final Map<String, Counter> retries = new ConcurrentHashMap<>();
    private final Map<String, Counter> hedges = new ConcurrentHashMap<>();
    private final Map<String, Counter> denied = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> breakers = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong expiryMillis = new AtomicLong();
    private final Counter rejected;

    private record CallKey(String service, String subset, String rule, String method, Verdict verdict, String status) {}

    private record AttemptKey(
            String service,
            String subset,
            boolean sent,
            @Nullable TransportError error,
            String status) {}

    /** Creates a listener that reports to {@code registry}; its timers have no histograms, unless the registry's filters give them some. */
    public MicrometerListener(MeterRegistry registry) {
        this(registry, UnaryOperator.identity());
    }

    /**
     * Creates a listener that reports to {@code registry}.
     *
     * @param timers makes settings on each timer before it is registered, such as {@code timer -> timer.publishPercentileHistogram()}
     */
    public MicrometerListener(MeterRegistry registry, UnaryOperator<Timer.Builder> timers) {
        this.registry = registry;
        this.timers = timers;
        served = new ServerMeters(registry, methods, timers);
        rejected = Counter.builder("mesh.config.rejected")
                .description("configurations that were refused")
                .register(registry);
        Gauge.builder("mesh.config.version", version, AtomicLong::get)
                .description("version of the configuration in force")
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void callEnded(CallInfo call) {
        Verdict verdict = call.verdict();
        if (verdict == null) {
            return; // not ended: not ours to time
        }
        String service = call.service();
        CallKey key = new CallKey(
                Labels.knownService(service) ? service : Labels.UNKNOWN,
                call.subset(),
                call.rule(),
                methods.of(call),
                verdict,
                Labels.status(call.protocol(), call.status(), call.grpcStatus()));
        Timer known = requests.get(key); // unlike computeIfAbsent it never locks and creates no function
        Timer timer = known == null ? requests.computeIfAbsent(key, this::request) : known;
        timer.record(call.endNanos() - call.startNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
        if (attempt.hedge()) {
            hedges.computeIfAbsent(
                            call.service(),
                            service -> counter("mesh.client.hedges", "attempts beside others still out", service))
                    .increment();
        } else if (attempt.number() > 1) { // not when it is planned: a call may end in its back-off
            retries.computeIfAbsent(
                            call.service(),
                            service -> counter("mesh.client.retries", "attempts after another", service))
                    .increment();
        }
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        Outcome outcome = attempt.outcome();
        AttemptKey key = new AttemptKey(
                call.service(),
                call.subset(),
                attempt.endpoint() != null,
                outcome == null ? null : outcome.error(),
                Labels.status(call.protocol(), attempt.status(), attempt.grpcStatus()));
        Timer known = attempts.get(key);
        Timer timer = known == null ? attempts.computeIfAbsent(key, this::attempt) : known;
        timer.record(attempt.endNanos() - attempt.startNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void retryDenied(CallInfo call) {
        denied.computeIfAbsent(
                        call.service(),
                        service -> counter("mesh.client.retries.denied", "retries that the budget refused", service))
                .increment();
    }

    @Override
    public void requestStarted(ServedInfo request) {
        served.started(request);
    }

    @Override
    public void requestEnded(ServedInfo request) {
        served.ended(request);
    }

    @Override
    public void endpointEjected(EndpointInfo endpoint, EjectionReason reason, long nanos) {
        Counter.builder("mesh.client.ejections")
                .description("endpoints taken out")
                .tag(SERVICE, endpoint.service())
                .tag("reason", Labels.of(reason))
                .register(registry)
                .increment();
    }

    @Override
    public void breakerChanged(String service, BreakerState from, BreakerState to) {
        breakers.computeIfAbsent(service, this::breaker)
                .set(
                        switch (to) {
                            case CLOSED -> 0;
                            case HALF_OPEN -> 1;
                            case OPEN -> 2;
                        });
    }

    @Override
    public void configApplied(long newVersion, int resources) {
        version.set(newVersion);
    }

    @Override
    public void configRejected(String reason) {
        rejected.increment();
    }

    @Override
    public void certificateLoaded(String id, Instant expires) {
        expiryMillis.set(expires.toEpochMilli());
        Gauge.builder(
                        "mesh.certificate.expiry",
                        expiryMillis,
                        MicrometerListener::secondsUntil) // the same, if there is one
                .description("until the certificate of this process ends")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void certificateRejected(String reason) {
        Counter.builder("mesh.certificate.rejected")
                .description("certificates, keys and authorities that were refused")
                .register(registry)
                .increment();
    }

    private static double secondsUntil(AtomicLong millis) {
        return (millis.get() - System.currentTimeMillis()) / MILLIS;
    }

    private Timer request(CallKey key) {
        return timers.apply(Timer.builder("mesh.client.requests"))
                .description("calls, retries and body included")
                .tag(SERVICE, key.service())
                .tag("subset", Labels.orNone(key.subset()))
                .tag("rule", Labels.orNone(key.rule()))
                .tag("method", key.method())
                .tag("outcome", Labels.of(key.verdict()))
                .tag("status", key.status())
                .register(registry);
    }

    private Timer attempt(AttemptKey key) {
        TransportError error = key.error();
        return timers.apply(Timer.builder("mesh.client.attempts"))
                .description("tries on the wire")
                .tag(SERVICE, key.service())
                .tag("subset", Labels.orNone(key.subset()))
                .tag("outcome", !key.sent() ? "not_sent" : error == null ? "response" : Labels.of(error))
                .tag("status", key.status())
                .register(registry);
    }

    private Counter counter(String name, String description, String service) {
        return Counter.builder(name)
                .description(description)
                .tag(SERVICE, service)
                .register(registry);
    }

    private AtomicInteger breaker(String service) {
        AtomicInteger state = new AtomicInteger();
        Gauge.builder("mesh.circuitbreaker.state", state, AtomicInteger::get)
                .description("0 closed, 1 half open, 2 open")
                .tag(SERVICE, service)
                .strongReference(true)
                .register(registry);
        return state;
    }
}
