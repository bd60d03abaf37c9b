package io.tulle.proofs.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder that is deleted at the end, unless somebody will look into it. Confined to one thread. */
public final class Scratch implements AutoCloseable {
    private final Path folder;
    private boolean kept;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    /** Makes one in {@code parent}, which is made when it is missing. */
    public static Scratch on(Path parent, String prefix) throws IOException {
        return new Scratch(Files.createTempDirectory(Files.createDirectories(parent), prefix));
    }

    /** Returns the repository that this class was built in. */
    public static Path root() {
        try {
            Path built = Path.of(Scratch.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path above = built; above != null; above = above.getParent()) {
                if (Files.isExecutable(above.resolve("mesh")) && Files.exists(above.resolve("pom.xml"))) {
                    return above;
                }
            }
            throw new IllegalStateException(built + ": no folder above it has the launcher mesh");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the folder. */
    public Path folder() {
        return folder;
    }

    /** Has it stay at the end, unless {@link #judged} says otherwise: errors that point to a log in it do not help if it is gone. */
    public void keep() {
        kept = true;
    }

    /** Says how it went, and returns that: where it was not good, the folder stays, and {@code say} hears where it is. */
    public boolean judged(boolean good, Consumer<String> say) {
        kept = !good;
        if (kept) {
            say.accept("kept: " + folder);
        }
        return good;
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
