package io.tulle.cli;

import io.tulle.api.MeshException;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.cli.admin.Target;
import io.tulle.client.source.FolderContents;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh explain [FOLDER] --url URL}: says what the mesh would do with a request of a caller in a namespace. */
@Command(
        name = "explain",
        description = "Says which rule a request matches and where it goes.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..1",
            description = "YAML and JSON files, also in folders below (default: what the registry holds).")
    private @Nullable Path folder;

    @Option(names = "--url", required = true, paramLabel = "URL", description = "For example http://catalog/books/7.")
    private String url;

    @Option(names = "--method", paramLabel = "METHOD", defaultValue = "GET", description = "Default: GET.")
    private String method;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Override
    public Integer call() {
        URI uri = uri();
        List<ExplainedRequest.Header> lines = headers.stream().map(this::header).toList();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        ExplainedRequest request = new ExplainedRequest(method, path, lines);
        Configuration configuration = configuration();
        PrintWriter out = spec.commandLine().getOut();
        ServiceSnapshot service = service(configuration, uri.getHost());
        if (service == null) {
            out.println(uri.getHost() + " is not a name of the mesh: the request goes where it would go without");
        } else {
            new Explanation(configuration, service, request).print(out);
        }
        return 0;
    }

    private static @Nullable ServiceSnapshot service(Configuration configuration, String host) {
        MeshSnapshot snapshot = configuration.snapshot();
        ServiceSnapshot service = snapshot.byHost(host);
        if (service == null && snapshot.claims(host)) {
            throw new MeshException(snapshot.unknown(host) + elsewhere(configuration, host));
        }
        return service;
    }

    private static String elsewhere(Configuration configuration, String host) {
        return configuration.resources().stream()
                .filter(Service.class::isInstance)
                .map(Resource::metadata)
                .filter(metadata -> metadata.name().equals(host))
                .findFirst()
                .map(Metadata::namespace)
                .map(other -> "; as http://" + host + "." + other + "/, or use --namespace " + other)
                .orElse("");
    }

    private Configuration configuration() {
        String caller = target.namespace();
        if (folder != null) {
            return Configuration.of(FolderContents.read(folder), caller);
        }
        List<Resource> resources = RegistryResources.read(target.registry());
        return Configuration.of(
                resources, caller, resource -> "version " + resource.metadata().resourceVersion());
    }

    private URI uri() {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw usage("--url: '" + url + "': " + e.getReason() + " (expected: a URL such as http://catalog/books/7)");
        }
        throw usage("--url: '" + url + "' (expected: a URL such as http://catalog/books/7)");
    }

    private ExplainedRequest.Header header(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw usage("--header: '" + line + "' (expected: 'name: value')");
        }
        return new ExplainedRequest.Header(
                line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
