package io.tulle.cli.admin;

import io.tulle.api.resource.Kind;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import io.tulle.cli.registry.UnreachableRegistryException;
import io.tulle.cli.registry.WatchStream;
import io.tulle.cli.text.Printable;
import io.tulle.client.time.ThreadParker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh watch [SERVICE...]}: prints what changes as it changes, over restarts of the registry. */
@Command(
        name = "watch",
        description = "Prints what changes, as it changes; goes on when the registry comes back.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WatchCommand implements Callable<Integer> {
    /** How lines are printed; lower case, because that is how it is typed. */
    enum Format {
        text,
        json
    }

    /** Longer than a registry is ever silent: progress marks come at least once a minute. */
    private static final Duration SILENCE = Duration.ofSeconds(75);

    /** What a registry takes as a request line, and a bit less. */
    private static final int LONGEST_QUERY = 8_000;

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Parameters(
            paramLabel = "SERVICE",
            arity = "0..*",
            description = "Names, or namespace/name (default: the services that the namespace has now).")
    private List<String> services = new ArrayList<>();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "The services of every namespace.")
    private boolean everywhere;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}: readable, or the lines of the stream (default: text).")
    private Format format;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Stop after so many lines of the stream, progress marks not counted.")
    private long count = Long.MAX_VALUE;

    private long seen;

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1) {
            throw target.usage("--count: " + count + " (expected: 1 or more)");
        }
        Registry registry = target.registry();
        List<String> followed = followed(registry);
        if (followed.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("no services in " + (everywhere ? "any namespace" : "namespace " + target.namespace())
                            + " (expected: one at least, or SERVICE)");
            return 1;
        }
        String query = followed.stream()
                .map(service -> "service=" + Registry.encoded(service))
                .collect(Collectors.joining("&", "?", ""));
        if (query.length() > LONGEST_QUERY) {
            throw target.usage(followed.size() + " services are too many for one watch (expected: SERVICE...)");
        }
        Consumer<String> printer =
                format == Format.json ? line -> out(Printable.json(line)) : new WatchLines(this::out)::print;
        WatchStream stream = registry.watch(query);
        while (!follow(stream, printer)) {
            stream = again(registry, query);
        }
        return 0;
    }

    /** Prints a stream to its end; returns whether enough has been printed. */
    private boolean follow(WatchStream stream, Consumer<String> printer) {
        try (stream) {
            while (seen < count) {
                String line = stream.next(SILENCE);
                printer.accept(line);
                seen += Json.parse("stream", line).at("services").items().isEmpty() ? 0 : 1;
            }
            return true;
        } catch (UnreachableRegistryException e) {
            spec.commandLine().getErr().println(e.getMessage() + "; trying again");
            return false;
        }
    }

    private WatchStream again(Registry registry, String query) throws InterruptedException {
        ThreadParker parker = new ThreadParker(System::nanoTime);
        while (true) {
            try {
                return registry.watch(query);
            } catch (UnreachableRegistryException e) {
                long next = System.nanoTime() + RETRY_NANOS;
                while (next - System.nanoTime() > 0) {
                    parker.parkUntil(next);
                }
            }
        }
    }

    private void out(String line) {
        spec.commandLine().getOut().println(line);
    }

    private List<String> followed(Registry registry) {
        if (services.isEmpty()) {
            return registry
                    .list(ResourceId.collection(Kind.SERVICE, everywhere ? "" : target.namespace()), Map.of())
                    .stream()
                    .map(service -> service.at("metadata"))
                    .map(metadata -> metadata.at("namespace").text() + "/"
                            + metadata.at("name").text())
                    .toList();
        }
        return services.stream().map(this::qualified).toList();
    }

    private String qualified(String service) {
        int slash = service.indexOf('/');
        String namespace = slash < 0 ? target.namespace() : target.name("SERVICE", service.substring(0, slash));
        return namespace + "/" + target.name("SERVICE", service.substring(slash + 1));
    }
}
