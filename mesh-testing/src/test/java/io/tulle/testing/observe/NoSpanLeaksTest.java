package io.tulle.testing.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.tulle.client.observe.OpenTelemetryTracing;
import io.tulle.testing.tck.BareMachineDriver;
import io.tulle.testing.tck.RandomScenarios;
import io.tulle.testing.tck.Run;
import io.tulle.testing.tck.Scenario;
import io.tulle.testing.tck.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a call, each of its spans ends exactly once. */
class NoSpanLeaksTest {
    private static final int SCRIPTS = 1_000;

    @Test
    void everySpanEndsOnceOverAllScenarios() {
        List<String> broken = new ArrayList<>();
        Stream.concat(Scenarios.all().stream(), RandomScenarios.seeds(0, SCRIPTS))
                .forEach(scenario -> check(scenario, broken));
        assertThat(broken).isEmpty();
    }

    private static void check(Scenario scenario, List<String> broken) {
        InMemorySpanExporter exporter = InMemorySpanExporter.create();
        try (SpanCount count = new SpanCount();
                OpenTelemetrySdk sdk = sdk(count, exporter)) {
            OpenTelemetryTracing tracing = new OpenTelemetryTracing(sdk);
            Run run = Run.of(
                    new BareMachineDriver(),
                    scenario,
                    mesh -> mesh.listener(tracing).headers(tracing));
            same(broken, scenario, "spans left open", count.open().values().size(), 0);
            same(broken, scenario, "complaints of the SDK", count.complaints(), 0);
            same(broken, scenario, "calls", count.started(SpanKind.INTERNAL), heard(run, "callStarted"));
            same(broken, scenario, "attempts", count.started(SpanKind.CLIENT), sent(run));
            same(broken, scenario, "listener failures", heard(run, "listenerFailed"), 0);
            same(broken, scenario, "orphans", orphans(exporter.getFinishedSpanItems()), 0);
        }
    }

    private static OpenTelemetrySdk sdk(SpanCount count, InMemorySpanExporter exporter) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(count)
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build();
    }

    /** Attempts that are not directly below a call, or share their number with another of it. */
    private static int orphans(List<SpanData> spans) {
        Map<String, SpanData> byId = spans.stream().collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));
        List<SpanData> attempts =
                spans.stream().filter(span -> span.getKind() == SpanKind.CLIENT).toList();
        long below = attempts.stream()
                .filter(span -> byId.containsKey(span.getParentSpanId())
                        && byId.get(span.getParentSpanId()).getKind() == SpanKind.INTERNAL)
                .map(span -> span.getParentSpanId() + " "
                        + span.getAttributes().asMap().entrySet().stream()
                                .filter(one -> one.getKey().getKey().equals("mesh.attempt.number"))
                                .findFirst()
                                .orElseThrow())
                .distinct()
                .count();
        return attempts.size() - (int) below;
    }

    private static int heard(Run run, String event) {
        return (int) run.heard().stream().filter(line -> line.startsWith(event)).count();
    }

    private static int sent(Run run) {
        return (int) run.heard().stream()
                .filter(line -> line.startsWith("attemptStarted") && !line.contains(" none"))
                .count();
    }

    private static void same(List<String> broken, Scenario scenario, String what, int found, int expected) {
        if (found != expected) {
            broken.add(scenario + ": " + what + ": " + found + " (expected: " + expected + ")");
        }
    }
}
