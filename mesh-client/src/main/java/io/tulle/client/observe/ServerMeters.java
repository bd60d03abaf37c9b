package io.tulle.client.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tulle.api.call.Verdict;
import io.tulle.api.listener.ServedInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The meters of requests that this process serves. Thread-safe. */
final class ServerMeters {
    private final MeterRegistry registry;
    private final MethodLabels methods;
    private final UnaryOperator<Timer.Builder> timers;
    private final Map<Key, Timer> requests = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> active = new ConcurrentHashMap<>();

    private record Key(String service, String method, Verdict verdict, String status) {}

    ServerMeters(MeterRegistry registry, MethodLabels methods, UnaryOperator<Timer.Builder> timers) {
        this.registry = registry;
        this.methods = methods;
        this.timers = timers;
    }

    void started(ServedInfo request) {
        if (request.denial() == null) {
            active(request.service()).incrementAndGet();
        }
    }

    void ended(ServedInfo request) {
        Verdict verdict = request.verdict();
        if (verdict == null) {
            return; // not ended: not ours to time
        }
        if (request.denial() == null) {
            active(request.service()).decrementAndGet();
        }
        Key key = new Key(
                request.service(),
                methods.of(request),
                verdict,
                Labels.status(request.protocol(), request.status(), request.grpcStatus()));
        Timer known = requests.get(key); // unlike computeIfAbsent it never locks and creates no function
        Timer timer = known == null ? requests.computeIfAbsent(key, this::timer) : known;
        timer.record(request.endNanos() - request.startNanos(), TimeUnit.NANOSECONDS);
    }

    private AtomicInteger active(String service) {
        AtomicInteger known = active.get(service);
        return known == null ? active.computeIfAbsent(service, this::gauge) : known;
    }

    private AtomicInteger gauge(String service) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("mesh.server.requests.active", count, AtomicInteger::get)
                .description("requests that are being served")
                .tag("service", service)
                .strongReference(true)
                .register(registry);
        return count;
    }

    private Timer timer(Key key) {
        return timers.apply(Timer.builder("mesh.server.requests"))
                .description("requests that came, from their admission or refusal to the end of the answer")
                .tag("service", key.service())
                .tag("method", key.method())
                .tag("outcome", Labels.of(key.verdict()))
                .tag("status", key.status())
                .register(registry);
    }
}
