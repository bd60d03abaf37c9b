package io.tulle.cli.admin;

import io.tulle.cli.registry.Json;
import io.tulle.cli.text.Printable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mesh clients}: says of each process what it has put in force. */
@Command(
        name = "clients",
        description = "Prints the processes that follow the registry, and what they have put in force.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClientsCommand implements Callable<Integer> {
    /** How clients are printed; lower case, because that is how it is typed. */
    enum Format {
        table,
        wide,
        json
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES} (default: table).")
    private Format format;

    @Override
    public Integer call() {
        ClientList clients = ClientList.of(target.registry());
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.json) {
            out.print(Json.list(clients.clients()).indented());
        } else if (clients.clients().isEmpty()) {
            spec.commandLine().getErr().println("no process has a session with " + target.registry());
        } else {
            clients.table(format == Format.wide).print(out);
            clients.troubles().forEach(line -> out.println(Printable.line(line)));
        }
        return 0;
    }
}
