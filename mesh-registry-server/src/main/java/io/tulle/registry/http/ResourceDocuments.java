package io.tulle.registry.http;

import io.tulle.api.resource.EnumText;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.PlainJson;
import io.tulle.registry.resource.ResourceReads;
import io.tulle.registry.resource.ResourceVersion;
import io.tulle.registry.resource.TreeDiff;
import io.tulle.registry.resource.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers about resources, as trees for {@link PlainJson}. Stateless. */
final class ResourceDocuments {
    private ResourceDocuments() {}

    static Map<String, Object> resource(Resource resource) {
        return PlainJson.of((Record) resource);
    }

    static Map<String, Object> page(Kind kind, ResourceReads.Page page) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", kind.title() + "List");
        document.put("revision", page.revision());
        document.put(
                "items", page.items().stream().map(ResourceDocuments::resource).toList());
        if (page.next() != null) {
            document.put("continue", page.next());
        }
        return document;
    }

    /** Returns the resource that was written; when it was only tried, with whom it concerns. */
    static Map<String, Object> written(Written written) {
        Map<String, Object> document = resource(written.items().get(0).resource());
        addTrial(document, written);
        return document;
    }

    static Map<String, Object> applied(Written written) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("revision", written.revision());
        document.put(
                "items",
                written.items().stream().map(ResourceDocuments::applied).toList());
        addTrial(document, written);
        return document;
    }

    private static Map<String, Object> applied(Written.Item item) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", item.resource().kind().title());
        document.put("namespace", item.resource().metadata().namespace());
        document.put("name", item.resource().metadata().name());
        document.put("result", EnumText.of(item.result()));
        document.put("resourceVersion", item.resource().metadata().resourceVersion());
        return document;
    }

    private static void addTrial(Map<String, Object> document, Written written) {
        Written.Affected affected = written.affected();
        if (affected != null) {
            document.put("dryRun", true);
            document.put("affected", PlainJson.of(affected));
        }
    }

    static Map<String, Object> history(List<ResourceVersion> versions) {
        return Map.of(
                "items", versions.stream().map(version -> PlainJson.of(version)).toList());
    }

    static Map<String, Object> diff(ResourceVersion from, ResourceVersion to, List<TreeDiff.Difference> differences) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("from", from.number());
        document.put("to", to.number());
        List<Map<String, Object>> changes = new ArrayList<>();
        for (TreeDiff.Difference difference : differences) {
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("pointer", difference.pointer());
            if (difference.from() != null) {
                change.put("from", difference.from());
            }
            if (difference.to() != null) {
                change.put("to", difference.to());
            }
            changes.add(change);
        }
        document.put("changes", changes);
        return document;
    }
}
