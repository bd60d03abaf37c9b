package io.tulle.registry;

import io.tulle.api.MeshException;
import io.tulle.api.resource.Durations;
import io.tulle.registry.log.LogSetup;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs a registry until the process is told to end. Prints one line on standard output when it is ready. Exits with 2 and one line on standard error when it
 * cannot start.
 */
@Command(
        name = "mesh registry",
        description = "Runs a registry until it is interrupted.",
        mixinStandardHelpOptions = true,
        versionProvider = RegistryMain.Version.class,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RegistryMain implements Callable<Integer> {
    private static final int CANNOT_START = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data; left out: in memory, gone at the end.")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "7070",
            description = "Port; 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "Address to listen on, a loopback one. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long a process that is not heard of stays registered. Default: ${DEFAULT-VALUE}.")
    private Duration lease;

    @Option(
            names = "--progress",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "How often every watcher hears that it has missed nothing. Default: ${DEFAULT-VALUE}.")
    private Duration progress;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "json or text, on standard error. Default: ${DEFAULT-VALUE}.")
    private Format log;

    @Option(
            names = "--train",
            hidden = true,
            description = "Uses everything once and ends; the launcher records which classes that takes.")
    private boolean train;

    /** The version of the jar; {@code development} outside of one. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RegistryMain.class.getPackage().getImplementationVersion();
            return new String[] {"mesh registry " + (version == null ? "development" : version)};
        }
    }

    /** How log records look. */
    enum Format {
        json,
        text
    }

    /** Creates the command; {@link #main} does. */
    public RegistryMain() {}

    /** Runs the registry; returns when it has started, and exits when it cannot. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, args);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new RegistryMain())
                .setOut(out)
                .setErr(err)
                .registerConverter(Duration.class, Durations::parse)
                .setParameterExceptionHandler((failure, parsed) -> report(failure, failure.getCommandLine()))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command))
                .execute(args);
    }

    @Override
    public Integer call() {
        System.setProperty(LogSetup.FORMAT, log.name());
        if (train) {
            Training.run();
            return 0;
        }
        check("--port", port >= 0 && port <= 65_535, port, "0..65535");
        check("--lease", within(lease, 1_000, 600_000), Durations.format(lease), "1s..10m");
        check("--progress", within(progress, 100, 60_000), Durations.format(progress), "100ms..1m");
        RegistryServer server = RegistryServer.start(new RegistryOptions(host, port, data, lease, progress));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "tulle-shutdown"));
        spec.commandLine().getOut().println("registry ready at " + server.uri() + " (" + describe() + ")");
        return 0;
    }

    private static boolean within(Duration value, long leastMillis, long mostMillis) {
        return value.compareTo(Duration.ofMillis(leastMillis)) >= 0
                && value.compareTo(Duration.ofMillis(mostMillis)) <= 0;
    }

    private static void check(String option, boolean ok, Object value, String expected) {
        if (!ok) {
            throw new CannotStartException(option + " " + value + " (expected: " + expected + ")");
        }
    }

    private String describe() {
        long millis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        return (data == null ? "in memory" : "data in " + data) + ", after " + millis + " ms";
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        if (!(failure instanceof MeshException || failure instanceof ParameterException)) {
            throw failure;
        }
        command.getErr().println("mesh registry: " + failure.getMessage());
        return CANNOT_START;
    }
}
