package io.tulle.cli.admin;

import io.tulle.cli.registry.FieldChange;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.KindName;
import io.tulle.cli.text.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what the lines of a watch mean: {@code +} is new, {@code ~} changed, {@code -} gone, {@code !} confirmed as gone, {@code ?} unknown. Remembers
 * what it has seen, so that a snapshot after an interruption says only what is different. Not thread-safe.
 */
final class WatchLines {
    private static final int MOST_CHANGES = 5;

    private final Consumer<String> out;
    private final Map<String, Map<String, Json>> known = new HashMap<>();

    WatchLines(Consumer<String> out) {
        this.out = out;
    }

    /** Prints what a line of the stream says, which may be nothing. */
    void print(String line) {
        Json json = Json.parse("stream", line);
        String revision = json.at("revision").text();
        for (Json update : json.at("services").items()) {
            String service = update.at("service").text();
            Consumer<String> say =
                    what -> out.accept(Printable.line(String.format("%8s  %s  %s", revision, service, what)));
            switch (json.at("type").text()) {
                case "snapshot" -> snapshot(update, known.computeIfAbsent(service, name -> new HashMap<>()), say);
                case "confirm" -> removed(update, Map.of(), "!", say);
                default -> change(update, known.computeIfAbsent(service, name -> new HashMap<>()), say);
            }
        }
    }

    private static void snapshot(Json update, Map<String, Json> resources, Consumer<String> say) {
        Set<String> gone = new TreeSet<>(resources.keySet());
        update.at("resources").items().forEach(resource -> gone.remove(id(resource)));
        change(update, resources, say);
        gone.forEach(id -> {
            if (resources.remove(id) != null) {
                say.accept("- " + id + "  gone");
            }
        });
        Json exists = update.at("exists");
        if (exists.exists() && !exists.flag()) {
            List<String> near = update.at("near").texts();
            say.accept(
                    "? no such service" + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"));
        }
    }

    private static void change(Json update, Map<String, Json> resources, Consumer<String> say) {
        for (Json resource : update.at("resources").items()) {
            Json before = resources.put(id(resource), resource);
            if (before == null) {
                say.accept("+ " + id(resource) + "  " + summary(resource));
            } else {
                changes(before, resource, say);
            }
        }
        removed(update, resources, "-", say);
        update.at("unsupported")
                .items()
                .forEach(item -> say.accept("? " + id(item.at("kind"), item.at("name")) + "  needs a newer client for "
                        + item.at("field").text()));
    }

    private static void changes(Json before, Json resource, Consumer<String> say) {
        List<FieldChange> changes = FieldChange.ofResources(before, resource);
        changes.stream().limit(MOST_CHANGES).forEach(change -> say.accept("~ " + id(resource) + "  " + change));
        if (changes.size() > MOST_CHANGES) {
            say.accept("~ " + id(resource) + "  and " + (changes.size() - MOST_CHANGES) + " more");
        }
    }

    private static void removed(Json update, Map<String, Json> resources, String sign, Consumer<String> say) {
        for (Json gone : update.at("removed").items()) {
            String id = id(gone.at("kind"), gone.at("name"));
            boolean confirmed = sign.equals("!");
            if (confirmed || same(resources.get(id), gone)) {
                resources.remove(id);
                say.accept(sign + " " + id + "  " + gone.at("reason").text() + (confirmed ? ", confirmed" : ""));
            }
        }
    }

    /** Returns whether a removal is about what is known under its name, and not about a process before it. */
    private static boolean same(@Nullable Json resource, Json gone) {
        String uid = gone.at("uid").text();
        return resource != null
                && (uid.isEmpty() || resource.at("spec", "uid").text().equals(uid));
    }

    private static String id(Json resource) {
        return id(resource.at("kind"), resource.at("metadata", "name"));
    }

    private static String id(Json kind, Json name) {
        return KindName.singularOf(kind.text()) + "/" + name.text();
    }

    private static String summary(Json resource) {
        Json spec = resource.at("spec");
        return spec.at("host").exists()
                ? Columns.address(spec) + " weight " + spec.at("weight").text() + " "
                        + spec.at("state").text()
                : "version " + resource.at("metadata", "resourceVersion").text();
    }
}
