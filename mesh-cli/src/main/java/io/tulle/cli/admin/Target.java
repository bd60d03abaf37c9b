package io.tulle.cli.admin;

import io.tulle.api.resource.InvalidResourceException;
import io.tulle.api.resource.Metadata;
import io.tulle.cli.registry.Registry;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which registry and which namespace; {@code MESH_REGISTRY} and {@code MESH_NAMESPACE} hold when they are not given. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Target {
    /** Where a registry listens unless told otherwise. */
    public static final String DEFAULT_REGISTRY = "http://127.0.0.1:7070";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            defaultValue = DEFAULT_REGISTRY,
            description = "The registry (default: $MESH_REGISTRY, else " + DEFAULT_REGISTRY + ").")
    private String registry;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "The namespace (default: $MESH_NAMESPACE, else default).")
    private String namespace;

    /** Creates the options; picocli does. */
    public Target() {}

    /** Returns the registry; nothing has been sent to it. */
    public Registry registry() {
        try {
            URI uri = new URI(registry);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return new Registry(uri);
            }
        } catch (URISyntaxException e) {
            throw usage("--registry: '" + registry + "': " + e.getReason() + " (expected: a URL such as "
                    + DEFAULT_REGISTRY + ")");
        }
        throw usage("--registry: '" + registry + "' (expected: a URL such as " + DEFAULT_REGISTRY + ")");
    }

    /** Returns the namespace, which is valid. */
    public String namespace() {
        return name("--namespace", namespace);
    }

    /** Returns whether the namespace was said, by an option or the environment. */
    boolean saysNamespace() {
        return insistsOnNamespace() || !namespace.equals("default");
    }

    /** Returns whether the namespace was said by an option, so that another one is a mistake. */
    boolean insistsOnNamespace() {
        return spec.commandLine().getParseResult().hasMatchedOption("--namespace");
    }

    /** Returns {@code name} if it is the name of a resource or namespace. */
    String name(String what, String name) {
        try {
            return Metadata.of("default", name).name();
        } catch (InvalidResourceException e) {
            throw usage(what + ": '" + name + "' (expected: lower-case letters, digits and '-')");
        }
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
