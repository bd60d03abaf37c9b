package io.tulle.client.codec;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns the documents of a file into resources, by their {@code kind}. Confined to one thread. */
final class ResourceBinder {
    private static final String API_VERSION = "tulle.io/v1";
    private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "status");

    private final Problems problems;
    private final RecordBinder records;
    private final List<LocatedResource> resources = new ArrayList<>();

    ResourceBinder(Problems problems) {
        this.problems = problems;
        records = new RecordBinder(problems, true);
    }

    /** Binds a document: a resource, or a list of resources. */
    void add(Node document) {
        if (document instanceof Node.Items list) {
            for (int i = 0; i < list.items().size(); i++) {
                add(list.items().get(i), "/" + i);
            }
        } else {
            add(document, "");
        }
    }

    /** Returns what was bound, in the file's order. */
    List<LocatedResource> resources() {
        return resources;
    }

    private void add(Node node, String pointer) {
        if (!(node instanceof Node.Fields object)) {
            problems.add(node, pointer, node.describe(), "a resource: an object with kind, metadata and spec");
            return;
        }
        checkVersion(object, pointer);
        Kind kind = Kinds.read(object, pointer, problems);
        if (kind != null && records.bind(kind.type(), object, pointer, ENVELOPE) instanceof Resource resource) {
            resources.add(new LocatedResource(resource, problems.file(), object, pointer));
        }
    }

    private void checkVersion(Node.Fields object, String pointer) {
        Node.Field version = object.fields().get("apiVersion");
        if (version != null
                && !(version.value() instanceof Node.Scalar scalar
                        && scalar.text().equals(API_VERSION))) {
            problems.add(
                    version.value(),
                    pointer + "/apiVersion",
                    version.value().describe(),
                    "'" + API_VERSION + "', or no apiVersion");
        }
    }
}
