package io.tulle.cli.admin;

import io.tulle.cli.registry.Json;
import io.tulle.cli.registry.Registry;
import io.tulle.cli.text.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mesh status}: says how the registry is. */
@Command(
        name = "status",
        description = "Says how the registry is: revision, epoch, whether it takes writes.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Target target;

    @Override
    public Integer call() {
        Registry registry = target.registry();
        Table table = new Table().row("registry", registry.toString());
        registry.get("/api/v1/health").fields().forEach((name, value) -> table.row(name, value.text()));
        List<String> namespaces = registry.get("/api/v1/namespaces").at("items").texts();
        List<Json> clients = registry.get("/api/v1/clients").at("items").items();
        table.row("namespaces", namespaces.isEmpty() ? "none" : String.join(", ", namespaces))
                .row("clients", String.valueOf(clients.size()))
                .print(spec.commandLine().getOut());
        return 0;
    }
}
