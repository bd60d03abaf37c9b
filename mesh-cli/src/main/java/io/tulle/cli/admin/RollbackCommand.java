package io.tulle.cli.admin;

import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh rollback KIND NAME}: writes a former version of a resource again. */
@Command(
        name = "rollback",
        description = "Writes a former version of a resource again, as a new version.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RollbackCommand implements Callable<Integer> {
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

    @Option(
            names = "--to",
            paramLabel = "NUMBER",
            description = "The version, as mesh history numbers them (default: the one before the newest).")
    private long to;

    @Override
    public Integer call() {
        ResourceId id = Selection.resource(words, target);
        Registry registry = target.registry();
        long number = to == 0 ? VersionHistory.of(registry, id).former() : to;
        if (number == 0) {
            spec.commandLine().getErr().println(id + ": there is no former version (expected: at least two)");
            return 1;
        }
        registry.send("POST", id.path() + "/rollback?to=" + number, "", Map.of());
        spec.commandLine().getOut().println(id + " rolled back to version " + number);
        return 0;
    }
}
