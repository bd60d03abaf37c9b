package io.tulle.cli.admin;

import io.tulle.cli.registry.FieldChange;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import io.tulle.cli.text.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh history KIND NAME}: prints the kept versions of a resource, or what differs between two. */
@Command(
        name = "history",
        description = "Prints the last 20 versions of a resource, or what differs between two of them.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HistoryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Parameters(
            arity = "1..2",
            paramLabel = "KIND NAME",
            hideParamSyntax = true,
            completionCandidates = KindNames.class,
            description = "The resource; or KIND/NAME.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--from", paramLabel = "NUMBER", description = "Print what has changed since this version.")
    private long from;

    @Option(
            names = "--to",
            paramLabel = "NUMBER",
            description = "With --from: up to this version (default: the newest).")
    private long to;

    @Override
    public Integer call() {
        ResourceId id = Selection.resource(words, target);
        if (from == 0 && to != 0) {
            throw target.usage("--to: needs --from");
        }
        Registry registry = target.registry();
        PrintWriter out = spec.commandLine().getOut();
        if (from == 0) {
            VersionHistory.of(registry, id).table().print(out);
        } else {
            Json diff = registry.get(id.path() + "/diff?from=" + from + (to == 0 ? "" : "&to=" + to));
            FieldChange.listed(diff.at("changes")).forEach(change -> out.println(Printable.line(change.toString())));
        }
        return 0;
    }
}
