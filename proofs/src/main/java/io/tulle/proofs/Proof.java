package io.tulle.proofs;

import io.tulle.proofs.compat.CompatCommand;
import io.tulle.proofs.disk.DiskFullCommand;
import io.tulle.proofs.drivers.MatrixCommand;
import io.tulle.proofs.drivers.PinningCommand;
import io.tulle.proofs.drivers.RacesCommand;
import io.tulle.proofs.kill.KillCommand;
import io.tulle.proofs.planted.CheckerCommand;
import io.tulle.proofs.states.StatesCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code mesh proof}: shows what the registry and the drivers promise, with real processes and sockets. Exits with 0 when the promise is kept, 1 when it is
 * not, 2 when the command line is not understood. Progress goes to standard error, the result to standard output.
 */
@Command(
        name = "mesh proof",
        description = "Shows that the registry and the drivers keep what they promise.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CheckerCommand.class,
            KillCommand.class,
            DiskFullCommand.class,
            StatesCommand.class,
            CompatCommand.class,
            MatrixCommand.class,
            RacesCommand.class,
            PinningCommand.class
        })
public final class Proof implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Proof() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Proof()).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
