package io.tulle.cli.admin;

import io.tulle.cli.registry.FieldChange;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import io.tulle.cli.text.Table;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The kept versions of a resource.
 *
 * @param versions as the registry says them, newest first
 */
record VersionHistory(List<Json> versions) {
    private static final int MOST_CHANGES = 3;

    static VersionHistory of(Registry registry, ResourceId id) {
        return new VersionHistory(
                registry.get(id.path() + "/history").at("items").items());
    }

    /** Returns the number of the newest version before the present one that was not a deletion; 0 when there is none. */
    long former() {
        return versions.stream()
                .skip(1)
                .filter(version -> !version.at("deleted").flag())
                .mapToLong(version -> version.at("number").number())
                .findFirst()
                .orElse(0);
    }

    /** Returns a row for each version: number, revision and what it changed. */
    Table table() {
        Table table = new Table().row("NUMBER", "REVISION", "CHANGE");
        for (int i = 0; i < versions.size(); i++) {
            Json version = versions.get(i);
            Json before = i + 1 < versions.size() ? versions.get(i + 1) : Json.NONE;
            table.row(version.at("number").text(), version.at("revision").text(), change(before, version));
        }
        return table;
    }

    private static String change(Json before, Json version) {
        if (version.at("deleted").flag()) {
            return "deleted";
        } else if (!before.exists()) {
            return version.at("number").number() == 1 ? "created" : "";
        } else if (before.at("deleted").flag()) {
            return "created again";
        }
        List<FieldChange> changes = FieldChange.ofResources(before.at("resource"), version.at("resource"));
        String rest = changes.size() > MOST_CHANGES ? "; and " + (changes.size() - MOST_CHANGES) + " more" : "";
        return changes.stream().limit(MOST_CHANGES).map(FieldChange::toString).collect(Collectors.joining("; ")) + rest;
    }
}
