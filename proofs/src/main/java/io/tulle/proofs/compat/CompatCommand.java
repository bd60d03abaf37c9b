package io.tulle.proofs.compat;

import io.tulle.proofs.compat.Pairing.Result;
import io.tulle.proofs.process.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh proof compat}: clients and registries of neighbouring versions. */
@Command(
        name = "compat",
        description = "Pairs clients and registries of this version and a former one.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class CompatCommand implements Callable<Integer> {
    private static final String ROW = "%-8s %-9s %-24s %-10s %s";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "REV",
            description = "The former version, as git names it. Default: the one before a schema was last changed.")
    private @Nullable String revision;

    @Option(names = "--root", hidden = true, description = "The repository. Default: where this was built.")
    private Path root = Scratch.root();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        FormerVersion former = new FormerVersion(root, this::say);
        String commit = revision == null ? former.beforeSchemaChange() : former.commit(revision);
        String old = former.classPath(commit);
        String present = System.getProperty("java.class.path");
        List<Pairing> pairings = List.of(
                new Pairing("present", present, "present", present),
                new Pairing("former", old, "present", present),
                new Pairing("present", present, "former", old),
                new Pairing("former", old, "former", old));
        List<Result> results = new ArrayList<>();
        boolean good;
        try (Scratch scratch = Scratch.on(Path.of(System.getProperty("java.io.tmpdir")), "tulle-compat-")) {
            scratch.keep();
            for (Pairing pairing : pairings) {
                say(pairing.client() + " client, " + pairing.registry() + " registry");
                results.add(pairing.run(
                        Files.createDirectory(scratch.folder().resolve(pairing.client() + "-" + pairing.registry()))));
            }
            good = scratch.judged(results.stream().allMatch(Result::good), this::say);
        }
        out.println("former: " + commit);
        out.println(String.format(
                Locale.ROOT, ROW, "client", "registry", "apply of the new field", "verdict", "the client says"));
        results.forEach(result -> out.println(line(result)));
        return good ? 0 : 1;
    }

    private static String line(Result result) {
        String field = result.field() == 201
                ? "taken"
                : result.field() == 422 ? "refused (422), as unknown" : "status " + result.field();
        return String.format(
                Locale.ROOT,
                ROW,
                result.pairing().client(),
                result.pairing().registry(),
                field,
                result.good() ? "ok" : "FAILED",
                result.report());
    }

    private void say(String line) {
        spec.commandLine().getErr().println("compat: " + line);
        spec.commandLine().getErr().flush();
    }
}
