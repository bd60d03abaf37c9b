package io.tulle.proofs.drivers;

import io.tulle.proofs.process.Scratch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mesh proof pinning}: the drivers' tests with callers on virtual threads, of which none may be pinned. */
@Command(
        name = "pinning",
        description =
                "Runs the drivers' tests on virtual threads and counts how often one was pinned. Needs JDK 24 or newer.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class PinningCommand implements Callable<Integer> {
    private static final int FIRST_JDK = 24; // JEP 491: a monitor no longer pins

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tests",
            defaultValue = "io.tulle.http.**,io.tulle.grpc.**",
            description = "Which. Default: ${DEFAULT-VALUE}.")
    private String tests;

    @Option(names = "--root", hidden = true, description = "The repository. Default: where this was built.")
    private Path root = Scratch.root();

    @Override
    public Integer call() throws InterruptedException {
        int java = Runtime.version().feature();
        if (java < FIRST_JDK) {
            Progress.of(spec).accept("Java " + java + " (expected: " + FIRST_JDK + " or newer; set JAVA_HOME)");
            return 2;
        }
        TestRun.Rows rows =
                new TestRun(root, Progress.of(spec)).run(tests, List.of("-Dcallers=virtual", "-P", "!static-analysis"));
        PrintWriter out = spec.commandLine().getOut();
        List<Row> modules = rows.of("virtual");
        List<Row> loading = rows.of("loading");
        modules.forEach(row -> out.println(row.column() + ": " + row.result() + " virtual threads, pinned "
                + row.detail() + " times; waited for a class "
                + loading.stream()
                        .filter(one -> one.column().equals(row.column()))
                        .count() + " times"));
        rows.of("pinned").forEach(row -> out.println(row.column() + ": pinned " + row.result()));
        loading.forEach(row -> out.println(row.column() + ": waited for a class, not counted: " + row.result()));
        boolean good = modules.stream().allMatch(row -> row.detail().equals("0"));
        return good && !modules.isEmpty() && rows.complete() ? 0 : 1;
    }
}
