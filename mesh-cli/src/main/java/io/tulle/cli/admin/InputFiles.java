package io.tulle.cli.admin;

import io.tulle.api.MeshException;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.cli.registry.ResourceId;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.LocatedResource;
import io.tulle.client.codec.Problem;
import io.tulle.client.codec.ResourceReader;
import io.tulle.client.source.FolderContents;
import io.tulle.client.source.UnreadableFolderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resources from files, folders and standard input ({@code -}), in dependency order: services first. */
final class InputFiles {
    private final Target target;
    private final InputStream in;

    InputFiles(Target target, InputStream in) {
        this.target = target;
        this.in = in;
    }

    /**
     * A resource as it is sent, and where it was read.
     *
     * @param resource with the namespace that the command line says, if its file says none
     * @param located as it was read
     */
    record Input(Resource resource, LocatedResource located) {
        ResourceId id() {
            return ResourceId.of(resource);
        }

        /** Returns {@code file:line}. */
        String place() {
            return located.file() + ":" + located.line();
        }
    }

    /**
     * Reads everything.
     *
     * @throws MeshException with everything that is wrong
     */
    List<Input> read(List<String> names) {
        List<Input> inputs = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : names) {
            try {
                resources(name).forEach(located -> inputs.add(new Input(placed(located), located)));
            } catch (InvalidFileException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidFileException(problems);
        } else if (inputs.isEmpty()) {
            throw new MeshException(
                    String.join(", ", names) + ": no resources (expected: YAML or JSON with at least one)");
        }
        refuseTwice(inputs);
        return inputs.stream()
                .sorted((a, b) -> a.resource().kind().compareTo(b.resource().kind()))
                .toList();
    }

    private List<LocatedResource> resources(String name) {
        if (name.equals("-")) {
            return parse("standard input", in);
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            return FolderContents.read(path).located();
        } else if (!Files.exists(path)) {
            throw new UnreadableFolderException(name + ": does not exist (expected: a file, a folder or -)", null);
        }
        try (InputStream file = Files.newInputStream(path)) {
            return parse(name, file);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static List<LocatedResource> parse(String name, InputStream file) {
        try {
            return ResourceReader.read(name, file.readNBytes(ResourceReader.MOST_BYTES + 1));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static UnreadableFolderException unreadable(String name, IOException cause) {
        return new UnreadableFolderException(
                name + ": cannot be read: " + cause.getMessage() + " (expected: a file that may be read)", cause);
    }

    /** A namespace on the command line holds for resources that say none, and must be that of the others. */
    private Resource placed(LocatedResource located) {
        Resource resource = located.resource();
        Metadata metadata = resource.metadata();
        String namespace = target.namespace();
        if (!located.says("/metadata/namespace")) {
            return target.saysNamespace()
                    ? resource.withMetadata(
                            new Metadata(namespace, metadata.name(), metadata.labels(), metadata.resourceVersion()))
                    : resource;
        } else if (target.insistsOnNamespace() && !metadata.namespace().equals(namespace)) {
            throw new MeshException(located.place("/metadata/namespace") + ": '" + metadata.namespace()
                    + "' (expected: '" + namespace + "', because of --namespace)");
        }
        return resource;
    }

    private static void refuseTwice(List<Input> inputs) {
        Map<ResourceId, Input> seen = new HashMap<>();
        for (Input input : inputs) {
            Input first = seen.putIfAbsent(input.id(), input);
            if (first != null) {
                throw new MeshException(input.place() + ": " + input.resource().title()
                        + " a second time (expected: each resource once; the first is at " + first.place() + ")");
            }
        }
    }
}
