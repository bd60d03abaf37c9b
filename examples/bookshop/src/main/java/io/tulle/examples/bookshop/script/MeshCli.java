package io.tulle.examples.bookshop.script;

import io.tulle.cli.MeshCommand;
import io.tulle.cli.admin.Console;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.function.Consumer;

/** Gives commands of {@code ./mesh} to a registry, as people do, and shows command and answer. For one thread. */
public final class MeshCli {
    private final Console console;
    private final Consumer<String> show;

    /**
     * Creates a command line whose environment says where the registry is, and nothing else.
     *
     * @param show takes lines for people
     */
    public MeshCli(URI registry, Consumer<String> show) {
        this.show = show;
        console = new Console(
                InputStream.nullInputStream(), name -> "MESH_REGISTRY".equals(name) ? registry.toString() : null);
    }

    /**
     * Runs a command.
     *
     * @throws IllegalStateException if it does not exit with 0; with what it said
     */
    public void run(String... words) {
        String command = "./mesh " + String.join(" ", words);
        show.accept("$ " + command);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = MeshCommand.run(console, new PrintWriter(out), new PrintWriter(err), words);
        if (code != 0) {
            throw new IllegalStateException(
                    command + ": exit code " + code + ": " + err.toString().strip());
        }
        out.toString().lines().forEach(line -> show.accept("  " + line));
    }
}
