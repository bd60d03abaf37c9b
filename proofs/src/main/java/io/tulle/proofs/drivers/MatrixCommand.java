package io.tulle.proofs.drivers;

import io.tulle.proofs.process.Scratch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mesh proof matrix}: every scenario of both rings on every driver, and the bugs that were planted in drivers. */
@Command(
        name = "matrix",
        description = "Runs every scenario on every driver and prints who does what the bare machine does.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class MatrixCommand implements Callable<Integer> {
    private static final String TESTS =
            "BareMachineTckTest,OkHttp*DriverTest,Grpc*DriverTest,OkHttp*SocketTest,Grpc*SocketTest,PlantedBugsTest";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scripts",
            defaultValue = "500",
            description = "Generated scripts per driver. Default: ${DEFAULT-VALUE}.")
    private int scripts;

    @Option(names = "--root", hidden = true, description = "The repository. Default: where this was built.")
    private Path root = Scratch.root();

    @Override
    public Integer call() throws InterruptedException {
        TestRun.Rows rows = new TestRun(root, Progress.of(spec)).run(TESTS, List.of("-Dtck.scripts=" + scripts));
        PrintWriter out = spec.commandLine().getOut();
        Matrix matrix = new Matrix(Stream.concat(rows.of("ring 1").stream(), rows.of("ring 2").stream())
                .toList());
        matrix.text().forEach(out::println);
        out.println();
        rows.of("planted").stream()
                .map(row -> String.format(Locale.ROOT, "planted %-65s caught by %s", row.column(), row.line()))
                .distinct()
                .sorted()
                .forEach(out::println);
        return matrix.holds() && !rows.of("planted").isEmpty() && rows.complete() ? 0 : 1;
    }
}
