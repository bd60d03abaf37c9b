package io.tulle.cli.registry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A field that is different in two values.
 *
 * @param pointer where, as a JSON pointer (RFC 6901)
 * @param from what it was, or {@link Json#NONE}
 * @param to what it is, or {@link Json#NONE}
 */
public record FieldChange(String pointer, Json from, Json to) {
    /** Returns every field that differs; lists are compared item by item. */
    public static List<FieldChange> between(Json from, Json to) {
        List<FieldChange> changes = new ArrayList<>();
        compare("", from, to, changes);
        return changes;
    }

    /** Returns what differs in two resources apart from what the registry itself says in them. */
    public static List<FieldChange> ofResources(Json from, Json to) {
        return between(written(from), written(to));
    }

    /** Returns the changes that the registry lists. */
    public static List<FieldChange> listed(Json changes) {
        return changes.items().stream()
                .map(change -> new FieldChange(change.at("pointer").text(), change.at("from"), change.at("to")))
                .toList();
    }

    /** Returns what people write of a resource: all but version and status. */
    public static Json written(Json resource) {
        return resource.without("status")
                .with("metadata", resource.at("metadata").without("resourceVersion"));
    }

    private static void compare(String pointer, Json from, Json to, List<FieldChange> changes) {
        if (from.isObject() && to.isObject()) {
            Map<String, Json> before = from.fields();
            Map<String, Json> after = to.fields();
            Set<String> names = new LinkedHashSet<>(before.keySet());
            names.addAll(after.keySet());
            names.forEach(name -> compare(
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                    before.getOrDefault(name, Json.NONE),
                    after.getOrDefault(name, Json.NONE),
                    changes));
        } else if (from.isList() && to.isList()) {
            List<Json> before = from.items();
            List<Json> after = to.items();
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(pointer + "/" + i, item(before, i), item(after, i), changes);
            }
        } else if (!from.equals(to)) {
            changes.add(new FieldChange(pointer, from, to));
        }
    }

    private static Json item(List<Json> items, int index) {
        return index < items.size() ? items.get(index) : Json.NONE;
    }

    /** Returns {@code pointer: from -> to} in one printable line. */
    @Override
    public String toString() {
        return pointer + ": " + said(from) + " -> " + said(to);
    }

    private static String said(Json value) {
        return value.exists() ? value.isObject() || value.isList() ? value.line() : value.text() : "(none)";
    }
}
