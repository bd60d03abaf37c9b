package io.tulle.cli.admin;

import io.tulle.cli.registry.FieldChange;
import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.RefusedException;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.registry.ResourceId;
import io.tulle.cli.text.Palette;
import io.tulle.cli.text.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mesh diff -f FILE}: says what apply would change. Exits with 0 for nothing, 1 for something, 2 when it cannot say. */
@Command(
        name = "diff",
        description = "Says, field by field, what apply would change; exits with 1 when that is something.",
        exitCodeOnExecutionException = 2,
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DiffCommand implements Callable<Integer> {
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

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<InputFiles.Input> inputs = new InputFiles(target, console.in()).read(files);
        Registry registry = target.registry();
        boolean different = false;
        for (InputFiles.Input input : inputs) {
            different |= print(present(registry, input.id()), input);
        }
        return different ? 1 : 0;
    }

    private static Json present(Registry registry, ResourceId id) {
        try {
            return registry.get(id);
        } catch (RefusedException e) {
            if (e.code().equals("not-found")) {
                return Json.NONE;
            }
            throw e;
        }
    }

    private boolean print(Json present, InputFiles.Input input) {
        Json wanted = FieldChange.written(Json.of(input.resource()));
        List<FieldChange> changes = present.exists()
                ? FieldChange.ofResources(present, wanted)
                : List.of(new FieldChange("", Json.NONE, wanted));
        if (changes.isEmpty()) {
            return false;
        }
        PrintWriter out = spec.commandLine().getOut();
        Palette palette = new Palette(spec.commandLine().getColorScheme().ansi().enabled());
        String version = present.exists()
                ? "registry, version "
                        + present.at("metadata", "resourceVersion").text()
                : "not in the registry";
        String namespace = input.id().namespace() + " ";
        out.println(palette.removed(Printable.line("--- " + namespace + input.id() + " (" + version + ")")));
        out.println(palette.added(Printable.line("+++ " + namespace + input.id() + " (" + input.place() + ")")));
        changes.forEach(change -> print(change, palette, out));
        return true;
    }

    private static void print(FieldChange change, Palette palette, PrintWriter out) {
        if (!change.pointer().isEmpty()) {
            out.println(palette.place(Printable.line("@@ " + change.pointer() + " @@")));
        }
        lines(change.from()).forEach(line -> out.println(palette.removed("-" + line)));
        lines(change.to()).forEach(line -> out.println(palette.added("+" + line)));
    }

    private static List<String> lines(Json value) {
        if (!value.exists()) {
            return List.of();
        } else if (value.isObject() || value.isList()) {
            return value.block().lines().toList();
        }
        return List.of(Printable.line(value.text()));
    }
}
