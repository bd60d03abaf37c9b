package io.tulle.cli.admin;

import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.RefusedException;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh delete KIND NAME...} or {@code -f FILE}: removes resources, what refers to others first. */
@Command(name = "delete", description = "Removes resources.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeleteCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Parameters(
            arity = "0..*",
            paramLabel = "KIND NAME...",
            hideParamSyntax = true,
            completionCandidates = KindNames.class,
            description = "The resources; or KIND/NAME.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            description = "The resources of a file, a folder, or - for standard input; may be repeated.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only says what would be removed and whom it would concern.")
    private boolean dryRun;

    @Option(names = "--ignore-not-found", description = "What is not there counts as removed.")
    private boolean ignoreMissing;

    DeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Registry registry = target.registry();
        boolean all = true;
        for (ResourceId id : resources()) {
            all &= delete(registry, id);
        }
        return all ? 0 : 1;
    }

    private List<ResourceId> resources() {
        if (words.isEmpty() == files.isEmpty()) {
            throw target.usage("expected: either KIND NAME or --filename");
        } else if (!words.isEmpty()) {
            return Selection.resources(words, target);
        }
        List<ResourceId> ids = new ArrayList<>(new InputFiles(target, console.in())
                .read(files).stream().map(InputFiles.Input::id).toList());
        Collections.reverse(ids);
        return ids;
    }

    private boolean delete(Registry registry, ResourceId id) {
        try {
            Json answer = registry.send("DELETE", id.path() + (dryRun ? "?dryRun=true" : ""), "", Map.of());
            spec.commandLine().getOut().println(id + " deleted" + (dryRun ? " (dry run)" : ""));
            Affected.print(answer, spec.commandLine().getOut());
            return true;
        } catch (RefusedException e) {
            if (ignoreMissing && e.code().equals("not-found")) {
                return true;
            }
            spec.commandLine().getErr().println(id + ": " + e.getMessage());
            return false;
        }
    }
}
