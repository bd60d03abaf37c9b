package io.tulle.cli.admin;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.InstanceOverride;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import io.tulle.client.codec.JsonRecords;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh drain INSTANCE}: takes an instance out of the traffic by an override, or puts it back. A weight that somebody has set stays. */
@Command(
        name = "drain",
        description = "Takes an instance out of the traffic: it finishes what it has and gets nothing new.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Parameters(paramLabel = "INSTANCE", description = "The instance's name.")
    private String name;

    @Option(names = "--undo", description = "Puts it back.")
    private boolean undo;

    @Option(
            names = "--outlive-restarts",
            description = "Also holds for the processes that take its name after it (default: ends with the process).")
    private boolean outlive;

    @Override
    public Integer call() {
        if (undo && outlive) {
            throw target.usage("--outlive-restarts: does not go with --undo");
        }
        ResourceId instance = new ResourceId(Kind.INSTANCE, target.namespace(), target.name("INSTANCE", name));
        Registry registry = target.registry();
        Optional<InstanceOverride> present = override(registry);
        if (undo) {
            return undo(registry, instance, present.orElse(null));
        }
        Json found = registry.get(instance);
        Json is = found.at("spec");
        InstanceOverride wanted = new InstanceOverride(
                present.map(InstanceOverride::metadata).orElse(Metadata.of(target.namespace(), name)),
                new InstanceOverride.Spec(
                        is.at("service").text(),
                        name,
                        outlive ? "" : is.at("uid").text(),
                        Instance.State.DRAINING,
                        present.map(InstanceOverride::spec)
                                .map(InstanceOverride.Spec::weight)
                                .orElse(null)));
        put(registry, wanted, Json.of(wanted));
        print(instance + " drains" + (outlive ? ", and so will every process that takes its name" : ""));
        return 0;
    }

    private Integer undo(Registry registry, ResourceId instance, @Nullable InstanceOverride present) {
        if (present == null || present.spec().state() == null) {
            spec.commandLine().getErr().println(instance + ": nobody drains it");
            return 1;
        }
        if (present.spec().weight() == null) {
            registry.send("DELETE", ResourceId.of(present).path(), "", version(present));
        } else {
            Json override = Json.of(present);
            put(registry, present, override.with("spec", override.at("spec").without("state")));
        }
        print(instance + " takes traffic again");
        return 0;
    }

    /** Writes an override, unless somebody has changed it since it was read. */
    private static void put(Registry registry, InstanceOverride read, Json override) {
        registry.send("PUT", ResourceId.of(read).path(), override.line(), version(read));
    }

    private static Map<String, String> version(InstanceOverride override) {
        String version = override.metadata().resourceVersion();
        return version.isEmpty() ? Map.of("If-None-Match", "*") : Map.of("If-Match", "\"" + version + "\"");
    }

    private Optional<InstanceOverride> override(Registry registry) {
        String path = ResourceId.collection(Kind.INSTANCE_OVERRIDE, target.namespace());
        return registry.list(path, Map.of()).stream()
                .filter(item -> item.at("spec", "instance").text().equals(name))
                .map(item -> JsonRecords.read(InstanceOverride.class, "override of " + name, item.line()))
                .findFirst();
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
