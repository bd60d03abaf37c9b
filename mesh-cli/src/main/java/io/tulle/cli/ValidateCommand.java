package io.tulle.cli;

import io.tulle.api.resource.Metadata;
import io.tulle.cli.text.Table;
import io.tulle.client.codec.LocatedResource;
import io.tulle.client.source.FolderContents;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh validate FOLDER}: says whether a client would accept a folder, and what it holds or everything that is wrong. */
@Command(name = "validate", description = "Checks the resources of a folder.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "YAML and JSON files, also in folders below.")
    private Path folder;

    @Override
    public Integer call() {
        FolderContents contents = FolderContents.read(folder);
        Configuration.of(contents, "default");
        if (contents.files().isEmpty()) {
            spec.commandLine().getErr().println(folder + ": no *.yaml, *.yml or *.json files here");
            return 0;
        }
        List<LocatedResource> resources = contents.located();
        Table table = new Table().row("KIND", "NAMESPACE", "NAME", "FILE");
        for (LocatedResource located : resources) {
            Metadata metadata = located.resource().metadata();
            table.row(
                    located.resource().kind().title(),
                    metadata.namespace(),
                    metadata.name(),
                    located.file() + ":" + located.line());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (!resources.isEmpty()) {
            table.print(out);
        }
        out.println(counted(resources.size(), "resource") + " in "
                + counted(contents.files().size(), "file") + ", all valid");
        return 0;
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
