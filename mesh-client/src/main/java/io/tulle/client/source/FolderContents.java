package io.tulle.client.source;

import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.api.resource.InvalidField;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.ResourceProblem;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.LocatedResource;
import io.tulle.client.codec.Problem;
import io.tulle.client.codec.ResourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a folder: all {@code *.yaml}, {@code *.yml} and {@code *.json} files in it and in the folders below it (at most eight deep), in the
 * order of their paths. Names that begin with a dot are left out; folders that are links are not followed. Immutable.
 */
public final class FolderContents {
    private static final int READS = 5;

    private final FolderListing listing;
    private final List<LocatedResource> located;

    private FolderContents(FolderListing listing, List<LocatedResource> located) {
        this.listing = listing;
        this.located = List.copyOf(located);
    }

    /**
     * Reads every file of a folder.
     *
     * @throws UnreadableFolderException if the folder is missing or not a folder, or if something in it cannot be read
     * @throws InvalidFileException with everything that is wrong in any of the files, each with its place
     */
    public static FolderContents read(Path folder) {
        FolderListing before = FolderListing.of(folder);
        for (int i = 1; ; i++) {
            Map<String, byte[]> files = bytes(folder, before);
            FolderListing after = FolderListing.of(folder);
            if (files.size() == before.files().size() && before.equals(after) || i == READS) {
                return new FolderContents(before, parse(files));
            }
            before = after; // somebody was writing meanwhile
        }
    }

    /** Returns the resources with their places. */
    public List<LocatedResource> located() {
        return located;
    }

    /** Returns the resources. */
    public List<Resource> resources() {
        return located.stream().map(LocatedResource::resource).toList();
    }

    /** Returns the same problems with file, line and column; the resources must come from {@link #resources}. */
    public InvalidFileException locate(ContradictoryResourcesException contradictions) {
        return new InvalidFileException(
                contradictions.problems().stream().map(this::locate).toList());
    }

    /** Returns the names of the files that were read, also of those without a resource. */
    public Set<String> files() {
        return listing.files().keySet();
    }

    FolderListing listing() {
        return listing;
    }

    @SuppressWarnings("ReferenceEquality") // equal resources may stand in two places
    private Problem locate(ResourceProblem problem) {
        InvalidField field = problem.field();
        String see = located.stream()
                .filter(other -> other.resource() != problem.resource() && concerns(problem, other.resource()))
                .findFirst()
                .map(other -> "; see " + other.file() + ":" + other.line())
                .orElse("");
        return located.stream()
                .filter(candidate -> candidate.resource() == problem.resource())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(problem.resource().title() + ": not of this folder"))
                .problem(new InvalidField(field.name(), field.value(), field.expected() + see));
    }

    /** Returns whether a resource has the same name as the one with the problem, or has its service already. */
    private static boolean concerns(ResourceProblem problem, Resource other) {
        boolean sameName = problem.field().name().equals("/metadata/name")
                && other.title().equals(problem.resource().title());
        return sameName || problem.field().expected().endsWith("; " + other.title() + " is for it already");
    }

    private static Map<String, byte[]> bytes(Path folder, FolderListing listing) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : listing.files().keySet()) {
            byte[] content = content(folder, name);
            if (content != null) {
                files.put(name, content);
            }
        }
        return files;
    }

    /** Returns a file's first bytes, up to one more than are allowed; null when it has just been removed. */
    private static byte @Nullable [] content(Path folder, String name) {
        Path file = folder.resolve(name);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UnreadableFolderException(file + ": not a regular file (expected: a file of resources)", null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ResourceReader.MOST_BYTES + 1);
        } catch (IOException e) {
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            throw new UnreadableFolderException(
                    file + ": cannot be read: " + Reason.of(e, file) + " (expected: a file that may be read)", e);
        }
    }

    private static List<LocatedResource> parse(Map<String, byte[]> files) {
        List<LocatedResource> resources = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        files.forEach((name, content) -> {
            try {
                resources.addAll(ResourceReader.read(name, content));
            } catch (InvalidFileException e) {
                problems.addAll(e.problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidFileException(problems);
        }
        return resources;
    }
}
