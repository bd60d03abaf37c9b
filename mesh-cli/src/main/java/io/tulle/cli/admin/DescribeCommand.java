package io.tulle.cli.admin;

import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh describe KIND NAME}: prints a resource, its history, what else concerns its service, and who follows that. */
@Command(
        name = "describe",
        description = "Prints a resource with its history, what is related to it, and who follows it.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DescribeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Parameters(
            arity = "1..*",
            paramLabel = "KIND NAME...",
            hideParamSyntax = true,
            completionCandidates = KindNames.class,
            description = "The resources; or KIND/NAME.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        Registry registry = target.registry();
        boolean first = true;
        for (ResourceId id : Selection.resources(words, target)) {
            if (!first) {
                spec.commandLine().getOut().println();
            }
            new Description(registry, id).print(spec.commandLine().getOut());
            first = false;
        }
        return 0;
    }
}
