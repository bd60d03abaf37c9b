package io.tulle.cli;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import io.tulle.client.codec.JsonRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything that a registry holds. */
final class RegistryResources {
    private RegistryResources() {}

    /** Reads all resources of all namespaces; fields that this version does not know are left out. */
    static List<Resource> read(Registry registry) {
        List<Resource> resources = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Json item : registry.list(ResourceId.collection(kind, ""), Map.of())) {
                String name = kind.title() + " " + item.at("metadata", "name").text();
                resources.add((Resource) JsonRecords.read(kind.type(), name, item.line()));
            }
        }
        return resources;
    }
}
