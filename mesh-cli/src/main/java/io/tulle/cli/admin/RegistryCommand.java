package io.tulle.cli.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code mesh registry}: stands in the help; the launcher starts the server, which this program does not contain. */
@Command(
        name = "registry",
        description = "Runs a registry (./mesh registry [--data DIR] [--port N]; a program of its own).",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RegistryCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Unmatched
    private String[] arguments = {};

    @Override
    public void run() {
        String words = arguments.length == 0 ? "" : " " + String.join(" ", arguments);
        throw new ParameterException(
                spec.commandLine(),
                "registry: not part of this program (expected: the launcher, ./mesh registry" + words + ")");
    }
}
