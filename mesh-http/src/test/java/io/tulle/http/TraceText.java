package io.tulle.http;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A trace as text, such as the guide shows: a line per span below the line of its parent, and one per event. */
final class TraceText {
    private final List<SpanData> spans;
    private final List<String> lines = new ArrayList<>();

    private TraceText(List<SpanData> spans) {
        this.spans = spans.stream()
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .toList();
    }

    static List<String> of(List<SpanData> spans) {
        TraceText text = new TraceText(spans);
        text.below(SpanId.getInvalid(), "");
        return text.lines;
    }

    private void below(String parent, String indent) {
        for (SpanData span : spans) {
            if (span.getParentSpanId().equals(parent)) {
                lines.add(indent + line(span));
                for (EventData event : span.getEvents()) {
                    lines.add(indent + "  * " + event.getName() + " "
                            + sorted(event.getAttributes().asMap()));
                }
                below(span.getSpanId(), indent + "  ");
            }
        }
    }

    private static String line(SpanData span) {
        double millis = (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1e6;
        return "%s (%s, %.1f ms)%s %s"
                .formatted(
                        span.getName(),
                        span.getKind(),
                        millis,
                        span.getStatus().equals(StatusData.unset())
                                ? ""
                                : " " + span.getStatus().getStatusCode(),
                        sorted(span.getAttributes().asMap()));
    }

    private static String sorted(Map<?, ?> attributes) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        attributes.forEach((key, value) -> sorted.put(key.toString(), value));
        return sorted.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(" "));
    }
}
