package io.tulle.client.observe;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallMachine;
import io.tulle.core.call.Command;
import io.tulle.core.call.GuardedListener;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.snapshot.Reachable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** An engine that knows shop/catalog with two instances and is traced into memory. Its calls are driven by hand. Not thread-safe. */
final class TracedMesh {
    final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    final OpenTelemetrySdk sdk;
    final MeshEngine engine;
    long now = 1_000;
    Reachable reachable = Reachable.ALL;

    TracedMesh(Sampler sampler, TrafficPolicy.OutlierDetection detection) {
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        OpenTelemetryTracing tracing = new OpenTelemetryTracing(sdk);
        engine = new MeshEngine(MeshEngine.Settings.of("shop", () -> now, new SplittableRandom(1)::nextLong)
                .withListener(GuardedListener.of(List.of(tracing)))
                .withHeaders(tracing));
        engine.accept(resources(detection, "books"));
    }

    TracedMesh() {
        this(Sampler.alwaysOn(), TrafficPolicy.OutlierDetection.DEFAULT);
    }

    /** Puts a route in force whose one rule is called so. */
    void route(String rule) {
        engine.accept(resources(TrafficPolicy.OutlierDetection.DEFAULT, rule));
    }

    private static List<Resource> resources(TrafficPolicy.OutlierDetection detection, String named) {
        List<Resource> resources = new ArrayList<>(List.of(Service.of("shop", "catalog", Service.Spec.DEFAULT)));
        for (String name : List.of("a", "b")) {
            resources.add(new Instance(Metadata.of("shop", name), Instance.Spec.of("catalog", name, "10.0.0.1", 8081)));
        }
        Route.Rule rule = Route.Rule.builder().name(named).build();
        resources.add(new Route(
                Metadata.of("shop", "catalog"), new Route.Spec("catalog", List.of(rule), Route.RetryBudget.DEFAULT)));
        resources.add(new TrafficPolicy(
                Metadata.of("shop", "catalog"),
                TrafficPolicy.Spec.defaults("catalog").withOutlierDetection(detection)));
        return resources;
    }

    Driven start(TracedRequest request) {
        return start("catalog", request);
    }

    /** Starts a call as a driver does, up to the first attempt. */
    Driven start(String host, TracedRequest request) {
        CallMachine machine = engine.newCall(
                host, engine.snapshot().byHost(host), request, MeshCallOptions.DEFAULT, engine.context());
        Driven call = new Driven(machine);
        machine.start(now);
        call.drain();
        return call;
    }

    /** A call whose wire is the test. */
    final class Driven {
        final CallMachine machine;
        final List<Attempt> attempts = new ArrayList<>();
        final List<Map<String, String>> sent = new ArrayList<>();

        Driven(CallMachine machine) {
            this.machine = machine;
        }

        void drain() {
            for (Command next = machine.next();
                    next != Command.AWAIT && next != Command.COMPLETE;
                    next = machine.next()) {
                if (next == Command.DISPATCH) {
                    Attempt attempt = machine.subject();
                    attempts.add(attempt);
                    attempt.pick(reachable, now);
                    Map<String, String> headers = new HashMap<>();
                    machine.writeHeaders(attempt, headers::put, now);
                    sent.add(headers);
                }
            }
        }

        void head(int number, int status) {
            now += 1_000_000;
            machine.onHead(attempts.get(number - 1), new Head(status), now);
            drain();
        }

        void end(int number, Outcome outcome) {
            now += 1_000_000;
            machine.onEnd(attempts.get(number - 1), outcome, now);
            drain();
        }

        void toTimer() {
            now = machine.wakeAtNanos();
            machine.onTimer(now);
            drain();
        }
    }

    private record Head(int status) implements ResponseHead {
        @Override
        public long pushBackNanos() {
            return -1;
        }
    }

    /** Returns the finished span of that name and kind, the first of several. */
    SpanData span(String name, SpanKind kind) {
        return spans(name, kind).get(0);
    }

    List<SpanData> spans(String name, SpanKind kind) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name) && span.getKind() == kind)
                .toList();
    }

    static <T> T value(SpanData span, AttributeKey<T> key) {
        return Objects.requireNonNull(span.getAttributes().get(key), () -> key + " is not in " + span.getAttributes());
    }
}
