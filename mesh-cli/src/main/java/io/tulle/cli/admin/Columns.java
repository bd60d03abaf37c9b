package io.tulle.cli.admin;

import io.tulle.api.resource.Kind;
import io.tulle.cli.registry.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands in a line about a resource, by kind; a kind that is not here shows its service. */
final class Columns {
    private static final Column SERVICE = field("SERVICE", "service");
    private static final Map<Kind, List<Column>> OF = Map.of(
            Kind.SERVICE,
            List.of(field("PROTOCOL", "protocol"), spec("SUBSETS", spec -> names(spec.at("subsets")))),
            Kind.ROUTE,
            List.of(
                    SERVICE,
                    spec(
                            "RULES",
                            spec -> String.valueOf(spec.at("rules").items().size())),
                    spec("DESTINATIONS", Columns::destinations).whenWide()),
            Kind.TRAFFIC_POLICY,
            List.of(
                    SERVICE,
                    spec(
                            "BALANCER",
                            spec -> spec.at("loadBalancer", "algorithm").text()),
                    spec("BREAKER", spec -> orOff(spec.at("serviceBreaker", "failureRatePercent"), " %"))
                            .whenWide(),
                    spec("LIMIT", spec -> orOff(spec.at("concurrencyLimit", "maxInFlightPerEndpoint"), ""))
                            .whenWide(),
                    spec("INBOUND", spec -> orOff(spec.at("inbound", "maxInFlight"), ""))
                            .whenWide()),
            Kind.INSTANCE,
            List.of(
                    SERVICE,
                    spec("ADDRESS", Columns::address),
                    field("WEIGHT", "weight"),
                    field("STATE", "state"),
                    field("TLS", "tls").whenWide(),
                    spec("REGION", spec -> spec.at("locality", "region").text()).whenWide(),
                    spec("ZONE", spec -> spec.at("locality", "zone").text()).whenWide(),
                    field("UID", "uid").whenWide()),
            Kind.INSTANCE_OVERRIDE,
            List.of(
                    SERVICE,
                    field("INSTANCE", "instance"),
                    field("STATE", "state"),
                    field("WEIGHT", "weight"),
                    field("UID", "uid").whenWide()));

    private Columns() {}

    /** A column: its title, whether it stands in wide tables only, and its cell for a resource. */
    record Column(String title, boolean wide, Function<Json, String> cell) {
        Column whenWide() {
            return new Column(title, true, cell);
        }
    }

    /** Returns the columns after the name. */
    static List<Column> of(Kind kind, boolean wide) {
        List<Column> columns = new ArrayList<>(OF.getOrDefault(kind, List.of(SERVICE)));
        columns.add(new Column(
                "VERSION",
                false,
                resource -> resource.at("metadata", "resourceVersion").text()));
        columns.add(new Column("LABELS", true, resource -> labels(resource.at("metadata", "labels"))));
        return columns.stream().filter(column -> wide || !column.wide()).toList();
    }

    /** Returns labels as people write them. */
    static String labels(Json labels) {
        return labels.fields().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue().text())
                .collect(Collectors.joining(","));
    }

    /** Returns where an instance is. */
    static String address(Json spec) {
        String host = spec.at("host").text();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":"
                + spec.at("port").text();
    }

    private static Column field(String title, String name) {
        return spec(title, spec -> spec.at(name).text());
    }

    private static Column spec(String title, Function<Json, String> cell) {
        return new Column(title, false, resource -> cell.apply(resource.at("spec")));
    }

    private static String names(Json items) {
        return items.items().stream().map(item -> item.at("name").text()).collect(Collectors.joining(","));
    }

    private static String orOff(Json value, String unit) {
        return value.exists() ? value.text() + unit : "off";
    }

    /** As {@code v1 90, v2 10}, rules apart by a bar. */
    private static String destinations(Json spec) {
        return spec.at("rules").items().stream()
                .map(rule -> rule.at("destinations").items().stream()
                        .map(Columns::destination)
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(" | "));
    }

    private static String destination(Json destination) {
        String service = destination.at("service").text();
        String subset = destination.at("subset").text();
        String name = service.isEmpty() || subset.isEmpty() ? service + subset : service + " " + subset;
        return (name.isEmpty() ? "whole service" : name) + " "
                + destination.at("weight").text();
    }
}
