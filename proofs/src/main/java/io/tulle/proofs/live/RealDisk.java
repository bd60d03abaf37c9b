package io.tulle.proofs.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a disk from what only looks like one. */
public final class RealDisk {
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs");

    private RealDisk() {}

    /**
     * Returns what is wrong with a folder that is kept in memory, where syncing does nothing and so nothing is shown; null for one on a disk.
     *
     * @param folder which must exist
     */
    public static @Nullable String obstacle(Path folder) throws IOException {
        String type = Files.getFileStore(folder).type();
        return MEMORY.contains(type)
                ? folder + " is on " + type + ", that is, in memory (expected: a disk; choose one with --folder)"
                : null;
    }
}
