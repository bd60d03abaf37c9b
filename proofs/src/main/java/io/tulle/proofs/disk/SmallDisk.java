package io.tulle.proofs.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small file system that one process alone sees, in a mount namespace of its own, so that nothing is left when it ends. It is kept in memory; that it is
 * full, the kernel says just as for a disk.
 */
final class SmallDisk {
    private static final String MOUNT =
            "mount -t tmpfs -o mode=700,size=\"$1\" tulle-proof \"$2\" && shift 2 && exec \"$@\"";
    private static final int BLOCK = 4096;

    private final Path mountPoint;
    private final String size;

    /**
     * A disk.
     *
     * @param mountPoint an empty folder
     * @param size as {@code mount} has it, such as {@code 16m}
     */
    SmallDisk(Path mountPoint, String size) {
        this.mountPoint = mountPoint;
        this.size = size;
    }

    /** Returns null when this machine can do that; else one sentence with what is missing and what to do. */
    @Nullable
    String obstacle() throws InterruptedException {
        try {
            List<String> command = new java.util.ArrayList<>(before());
            command.add("true");
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0
                    ? null
                    : "no file system can be mounted here (" + said + "): run as root, or allow user namespaces";
        } catch (IOException e) {
            return "unshare is missing: install it (apt-get install util-linux) and try again";
        }
    }

    /** Returns the words before the command of the process that is to see the disk. */
    List<String> before() {
        return List.of("unshare", "-Urm", "sh", "-c", MOUNT, "sh", size, mountPoint.toString());
    }

    /** Returns the folder that the process sees. */
    Path folder() {
        return mountPoint;
    }

    /** Writes a file until there is no room for another block; returns how many bytes it has. */
    long fill(long pid) throws IOException {
        long written = 0;
        try (OutputStream out =
                Files.newOutputStream(ballast(pid), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] block = new byte[BLOCK];
            for (boolean room = true; room; ) {
                room = write(out, block);
                written += room ? BLOCK : 0;
            }
        }
        return written;
    }

    private static boolean write(OutputStream out, byte[] block) {
        try {
            out.write(block);
            return true;
        } catch (IOException e) {
            return false; // full, as it is meant to be; anything else shows in what the registry goes on to do
        }
    }

    /** Frees what {@link #fill} took. */
    void free(long pid) throws IOException {
        Files.delete(ballast(pid));
    }

    private Path ballast(long pid) {
        return Path.of("/proc/" + pid + "/root")
                .resolve(mountPoint.toString().substring(1))
                .resolve("ballast");
    }
}
