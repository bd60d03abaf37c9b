package io.tulle.cli.admin;

import io.tulle.api.resource.Kind;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import io.tulle.cli.text.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh get KIND [NAME...]}: prints resources of the registry. */
@Command(name = "get", description = "Prints resources.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Parameters(
            arity = "1..*",
            paramLabel = "KIND [NAME...]",
            hideParamSyntax = true,
            completionCandidates = KindNames.class,
            description = "services (svc), routes (rt), trafficpolicies (tp), instances (inst), instanceoverrides (io),"
                    + " several with commas, or all; then names. Or KIND/NAME.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES} (default: table).")
    private OutputFormat format;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            defaultValue = "",
            description = "Only with these labels, for example version=v2,tier!=test.")
    private String selector;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Of every namespace.")
    private boolean everywhere;

    @Override
    public Integer call() {
        Selection selection = Selection.of(words, target);
        if (!selection.ids().isEmpty() && (everywhere || !selector.isEmpty())) {
            throw target.usage((everywhere ? "--all-namespaces" : "--selector") + ": does not go with names");
        }
        Registry registry = target.registry();
        Map<Kind, List<Json>> found = new LinkedHashMap<>();
        if (selection.ids().isEmpty()) {
            selection.kinds().forEach(kind -> found.put(kind, list(registry, kind)));
        } else {
            for (ResourceId id : selection.ids()) {
                found.computeIfAbsent(id.kind(), kind -> new ArrayList<>()).add(registry.get(id));
            }
        }
        print(selection, found, registry);
        return 0;
    }

    private List<Json> list(Registry registry, Kind kind) {
        return registry.list(
                ResourceId.collection(kind, everywhere ? "" : target.namespace()),
                selector.isEmpty() ? Map.of() : Map.of("labelSelector", selector));
    }

    private void print(Selection selection, Map<Kind, List<Json>> found, Registry registry) {
        PrintWriter out = spec.commandLine().getOut();
        List<Json> all = found.values().stream().flatMap(List::stream).toList();
        if (all.isEmpty()) {
            spec.commandLine().getErr().println(nothing(selection, registry));
        }
        switch (format) {
            case json ->
                out.print(
                        selection.ids().size() == 1
                                ? all.get(0).indented()
                                : Json.list(all).indented());
            case yaml -> out.print(Json.list(all).yaml());
            default -> new ResourceLines(format, everywhere).print(found, out);
        }
    }

    private String nothing(Selection selection, Registry registry) {
        String kinds =
                String.join(", ", selection.kinds().stream().map(Kind::plural).toList());
        String which = selector.isEmpty() ? "" : " with labels " + selector;
        if (everywhere) {
            return Printable.line("no " + kinds + which);
        }
        List<String> others = registry.get("/api/v1/namespaces").at("items").texts();
        String hint = others.isEmpty() || others.contains(target.namespace())
                ? ""
                : " (there are resources in " + String.join(", ", others) + ": use -n or --all-namespaces)";
        return Printable.line("no " + kinds + which + " in namespace " + target.namespace() + hint);
    }
}
