package io.tulle.cli.admin;

import io.tulle.api.resource.Kind;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import io.tulle.cli.text.Printable;
import io.tulle.cli.text.Table;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that there is to say about one resource. */
final class Description {
    private final Registry registry;
    private final ResourceId id;
    private final Json resource;
    private final String service;

    /** Asks for the resource. */
    Description(Registry registry, ResourceId id) {
        this.registry = registry;
        this.id = id;
        resource = registry.get(id);
        service = service(resource, id);
    }

    void print(PrintWriter out) {
        Json metadata = resource.at("metadata");
        String labels = Columns.labels(metadata.at("labels"));
        new Table()
                .row("kind", id.kind().title())
                .row("name", id.namespace() + "/" + id.name())
                .row("version", metadata.at("resourceVersion").text())
                .row("labels", labels.isEmpty() ? "none" : labels)
                .print(out);
        out.println();
        out.print(Json.NONE.with("spec", resource.at("spec")).block());
        if (resource.at("status").exists()) {
            out.print(Json.NONE.with("status", resource.at("status")).block());
        }
        history(out);
        related(out);
        followers(out);
    }

    private void history(PrintWriter out) {
        VersionHistory history = VersionHistory.of(registry, id);
        if (!history.versions().isEmpty()) {
            title("history", out);
            history.table().print(out);
        }
    }

    private void related(PrintWriter out) {
        Map<Kind, List<Json>> found = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            List<Json> others = registry.list(ResourceId.collection(kind, namespace()), Map.of()).stream()
                    .filter(this::concerns)
                    .toList();
            if (!others.isEmpty()) {
                found.put(kind, others);
            }
        }
        if (!found.isEmpty()) {
            title("also about service " + service, out);
            new ResourceLines(OutputFormat.table, false).print(found, out);
        }
    }

    private boolean concerns(Json other) {
        String kind = other.at("kind").text();
        Json metadata = other.at("metadata");
        ResourceId its = new ResourceId(
                id.kind(), metadata.at("namespace").text(), metadata.at("name").text());
        boolean itself = kind.equals(id.kind().title()) && its.equals(id);
        return !itself && service(other, its).equals(service);
    }

    private void followers(PrintWriter out) {
        ClientList clients = ClientList.of(registry).following(service);
        title("followed by", out);
        if (clients.clients().isEmpty()) {
            out.println("nobody");
        } else {
            clients.table(false).print(out);
            clients.troubles().forEach(line -> out.println(Printable.line(line)));
        }
    }

    private void title(String title, PrintWriter out) {
        out.println();
        out.println(Printable.line(title));
    }

    private String namespace() {
        return service.substring(0, service.indexOf('/'));
    }

    /** Returns the service that a resource is about, as namespace/name. */
    private static String service(Json resource, ResourceId id) {
        boolean isService = resource.at("kind").text().equals(Kind.SERVICE.title());
        String name = isService ? id.name() : resource.at("spec", "service").text();
        return name.indexOf('/') < 0 ? id.namespace() + "/" + name : name;
    }
}
