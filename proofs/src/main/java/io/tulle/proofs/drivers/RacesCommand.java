package io.tulle.proofs.drivers;

import io.tulle.proofs.process.Scratch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mesh proof races}: what meets on one call, with sockets and threads. */
@Command(
        name = "races",
        description = "Runs races on every driver: each call has one outcome, and nothing is left.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RacesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--runs", defaultValue = "10000", description = "Runs of each race. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--seed", defaultValue = "0", description = "Of the delays. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--tests",
            defaultValue = "OkHttp*RaceTest,Grpc*RaceTest",
            description = "Whose. Default: ${DEFAULT-VALUE}.")
    private String tests;

    @Option(names = "--root", hidden = true, description = "The repository. Default: where this was built.")
    private Path root = Scratch.root();

    @Override
    public Integer call() throws InterruptedException {
        List<String> properties = List.of(
                "-Drace.runs=" + runs, "-Drace.seed=" + seed, "-Djunit.jupiter.execution.timeout.mode=disabled");
        TestRun.Rows rows = new TestRun(root, Progress.of(spec)).run(tests, properties);
        PrintWriter out = spec.commandLine().getOut();
        List<Row> races = rows.of("race");
        races.forEach(row -> out.println(String.format(
                Locale.ROOT, "%-15s %-30s %-8s %s", row.column(), row.line(), row.result(), row.detail())));
        boolean good = races.stream().noneMatch(row -> row.result().equals("differs"));
        return good && !races.isEmpty() && rows.complete() ? 0 : 1;
    }
}
