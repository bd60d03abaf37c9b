package io.tulle.proofs.drivers;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** Says on standard error what a command is doing. */
final class Progress {
    private Progress() {}

    static Consumer<String> of(CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        return line -> {
            err.println(spec.name() + ": " + line);
            err.flush();
        };
    }
}
