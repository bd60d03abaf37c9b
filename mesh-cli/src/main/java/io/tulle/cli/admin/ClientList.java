package io.tulle.cli.admin;

import io.tulle.api.resource.Durations;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.text.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes that have a session.
 *
 * @param clients as the registry says them
 */
record ClientList(List<Json> clients) {
    static ClientList of(Registry registry) {
        return new ClientList(registry.get("/api/v1/clients").at("items").items());
    }

    /** Returns those that follow {@code service} ({@code namespace/name}). */
    ClientList following(String service) {
        return new ClientList(clients.stream()
                .filter(client -> client.at("subscriptions").texts().contains(service))
                .toList());
    }

    Table table(boolean wide) {
        List<String> head = new ArrayList<>(List.of(
                "SERVICE", "PROCESS", "CONNECTED", "APPLIED", "BEHIND", "REJECTED", "HELD", "STALE", "RENEWED"));
        if (wide) {
            head.addAll(List.of("CLIENT", "REMOTE", "INSTANCES", "FOLLOWS", "SESSION"));
        }
        Table table = new Table().row(head);
        clients.forEach(client -> table.row(row(client, wide)));
        return table;
    }

    /** Returns a line for each resource that a process rejects and each removal that it holds. */
    List<String> troubles() {
        List<String> lines = new ArrayList<>();
        for (Json client : clients) {
            String who =
                    client.at("service").text() + " " + client.at("process").text();
            for (Json rejected : client.at("rejected").items()) {
                lines.add(who + " rejects " + rejected.at("kind").text() + " "
                        + rejected.at("name").text() + ", version "
                        + rejected.at("resourceVersion").text() + ": "
                        + rejected.at("reason").text());
            }
            for (Json held : client.at("held").items()) {
                lines.add(who + " keeps " + held.at("service").text() + " instance "
                        + held.at("instance").text() + ", gone for " + millis(held.at("since")) + ": "
                        + held.at("reason").text());
            }
        }
        return lines;
    }

    private static List<String> row(Json client, boolean wide) {
        List<String> row = new ArrayList<>(List.of(
                client.at("service").text(),
                client.at("process").text(),
                client.at("connected").flag() ? "yes" : "no",
                client.at("appliedRevision").text(),
                joined(client.at("behind")),
                String.valueOf(client.at("rejected").items().size()),
                String.valueOf(client.at("held").items().size()),
                millis(client.at("staleMillis")),
                millis(client.at("renewedMillisAgo")) + " ago"));
        if (wide) {
            row.addAll(List.of(
                    client.at("client").text(),
                    client.at("remote").text(),
                    joined(client.at("instances")),
                    joined(client.at("subscriptions")),
                    client.at("session").text()));
        }
        return row;
    }

    private static String joined(Json list) {
        return list.items().isEmpty() ? "-" : String.join(",", list.texts());
    }

    private static String millis(Json value) {
        return Durations.format(Duration.ofMillis(value.number()));
    }
}
