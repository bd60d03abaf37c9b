package io.tulle.cli;

import io.tulle.api.MeshException;
import io.tulle.client.source.UnreadableFolderException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code mesh} command. Exits with 0 when all is well, 1 when resources are invalid or the answer is no, 2 when it was called wrongly or something
 * cannot be read. Results go to standard output, messages to standard error; nothing is coloured but the help, and that follows {@code NO_COLOR}.
 */
@Command(
        name = "mesh",
        description = "Looks into the configuration of a mesh.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ValidateCommand.class, ShowCommand.class, ExplainCommand.class})
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

    /** Runs the command with the given streams and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        int code = new CommandLine(new MeshCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command))
                .execute(args);
        out.flush();
        err.flush();
        return code;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: validate, show or explain");
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        if (!(failure instanceof MeshException)) {
            throw failure;
        }
        command.getErr().println(failure.getMessage());
        return failure instanceof UnreadableFolderException ? UNREADABLE : INVALID;
    }
}
