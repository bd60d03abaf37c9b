package io.tulle.cli.admin;

import io.tulle.api.MeshException;
import io.tulle.api.resource.Resource;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.KindName;
import io.tulle.cli.registry.RefusedException;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.text.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mesh apply -f FILE}: makes the registry hold what files say. */
@Command(
        name = "apply",
        description = "Creates or changes resources; up to 30 are changed as one, or not at all.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ApplyCommand implements Callable<Integer> {
    /** How many resources the registry changes as one. */
    static final int BATCH = 30;

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description = "A file, a folder, or - for standard input; may be repeated.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only says what would change and whom it would concern.")
    private boolean dryRun;

    @Option(names = "--overwrite", description = "Whatever version a file says, the present one is replaced.")
    private boolean overwrite;

    ApplyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<InputFiles.Input> inputs = new InputFiles(target, console.in()).read(files);
        if (dryRun && inputs.size() > BATCH) {
            throw target.usage("--dry-run: " + inputs.size() + " resources (expected: at most " + BATCH
                    + ", which is what the registry checks as one; mesh diff takes any number)");
        }
        Registry registry = target.registry();
        for (int from = 0; from < inputs.size(); from += BATCH) {
            List<InputFiles.Input> batch = inputs.subList(from, Math.min(from + BATCH, inputs.size()));
            try {
                print(send(registry, batch));
            } catch (MeshException e) {
                if (from > 0) {
                    spec.commandLine()
                            .getErr()
                            .println(from + " of " + inputs.size() + " resources are applied, then:");
                }
                throw e;
            }
        }
        return 0;
    }

    private Json send(Registry registry, List<InputFiles.Input> batch) {
        String body = Json.list(batch.stream().map(this::sent).toList()).line();
        try {
            return registry.send("POST", "/api/v1/apply" + (dryRun ? "?dryRun=true" : ""), body, Map.of());
        } catch (RefusedException e) {
            throw Places.located(e, batch);
        }
    }

    private Json sent(InputFiles.Input input) {
        Resource resource = input.resource();
        return Json.of(overwrite ? resource.withMetadata(resource.metadata().withResourceVersion("")) : resource);
    }

    private void print(Json answer) {
        PrintWriter out = spec.commandLine().getOut();
        for (Json item : answer.at("items").items()) {
            out.println(Printable.line(name(item) + " " + item.at("result").text() + (dryRun ? " (dry run)" : "")));
        }
        Affected.print(answer, out);
    }

    private static String name(Json item) {
        return KindName.singularOf(item.at("kind").text()) + "/"
                + item.at("name").text();
    }
}
