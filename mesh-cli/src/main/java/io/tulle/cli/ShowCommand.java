package io.tulle.cli;

import io.tulle.api.resource.Resource;
import io.tulle.client.codec.ResourceWriter;
import io.tulle.client.source.FolderContents;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mesh show FOLDER}: prints the resources of a folder with every default filled in. */
@Command(
        name = "show",
        description = "Prints the resources of a folder with every default filled in.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ShowCommand implements Callable<Integer> {
    /** How resources are written; lower case, because that is how it is typed. */
    enum Format {
        yaml,
        json
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "YAML and JSON files, also in folders below.")
    private Path folder;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "yaml",
            description = "${COMPLETION-CANDIDATES} (default: yaml).")
    private Format format;

    @Override
    public Integer call() {
        List<Resource> resources =
                Configuration.of(FolderContents.read(folder), "default").resources();
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == Format.json ? ResourceWriter.json(resources) : ResourceWriter.yaml(resources));
        return 0;
    }
}
