package io.tulle.cli.admin;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes the registry and the namespace from the environment when no option says them. */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Map<String, String> VARIABLES =
            Map.of("--registry", "MESH_REGISTRY", "--namespace", "MESH_NAMESPACE");

    private final Console console;

    /** Creates the defaults of a run. */
    public EnvironmentDefaults(Console console) {
        this.console = console;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        String variable = argument instanceof OptionSpec option ? VARIABLES.get(option.longestName()) : null;
        String value = variable == null ? null : console.environment().apply(variable);
        return value == null || value.isEmpty() ? null : value;
    }
}
