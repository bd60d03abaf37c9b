package io.tulle.cli;

import io.tulle.api.MeshException;
import io.tulle.cli.admin.AdminCommands;
import io.tulle.cli.admin.Console;
import io.tulle.cli.admin.EnvironmentDefaults;
import io.tulle.cli.registry.UnreachableRegistryException;
import io.tulle.cli.text.Printable;
import io.tulle.client.source.UnreadableFolderException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code mesh} command. Exits with 0 when all is well, 1 when resources are invalid or the answer is no, 2 when it was called wrongly, something
 * cannot be read or the registry cannot be reached. Results go to standard output, messages to standard error; colours only to a terminal, and never with {@code
 * NO_COLOR}.
 */
@Command(
        name = "mesh",
        description = "Looks into and changes the configuration of a mesh.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = "%nThe launcher ./mesh also has: demo, bench, coverage, proof.")
public final class MeshCommand implements Runnable {
    static final int INVALID = 1;
    static final int UNREADABLE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Creates the command; {@link #main} and {@link #run(PrintWriter, PrintWriter, String...)} do. */
    public MeshCommand() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs the command with the given streams, with standard input and the environment of this process, and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(new Console(System.in, System::getenv), out, err, args);
    }

    /** Runs the command with the given streams and environment and returns its exit code. */
    public static int run(Console console, PrintWriter out, PrintWriter err, String... args) {
        int code = commandLine(console).setOut(out).setErr(err).execute(args);
        out.flush();
        err.flush();
        return code;
    }

    /** Returns the command with all its subcommands. */
    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new MeshCommand());
        AdminCommands.all(console).forEach(line::addSubcommand);
        line.addSubcommand(new ExplainCommand())
                .addSubcommand(new ValidateCommand())
                .addSubcommand(new ShowCommand())
                .addSubcommand(new CompletionCommand());
        return line.setDefaultValueProvider(new EnvironmentDefaults(console))
                .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** Says in one line what is wrong with the arguments, and where to read on. */
    private static int refuse(ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        String message = String.valueOf(wrong.getMessage());
        List<String> near =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String hint = near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?";
        wrong.getCommandLine()
                .getErr()
                .println(Printable.line(message + hint + " (see " + command.qualifiedName() + " --help)"));
        return command.exitCodeOnInvalidInput();
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        if (!(failure instanceof MeshException)) {
            throw failure;
        }
        command.getErr().println(failure.getMessage());
        boolean unreadable =
                failure instanceof UnreadableFolderException || failure instanceof UnreachableRegistryException;
        return unreadable ? UNREADABLE : command.getCommandSpec().exitCodeOnExecutionException();
    }
}
