package io.tulle.registry.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder that belongs to one process as long as it lives. The lock is the operating system's, on {@code tulle.lock}, and ends with the process however it
 * ends; what is written in that file is only for people.
 */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder when it is missing, and takes it.
     *
     * @throws UnusableStoreException if it cannot be written, or another process has it
     */
    static DataFolder take(Path folder) {
        try {
            make(folder);
            FileChannel lockFile = FileChannel.open(
                    folder.resolve("tulle.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            return lock(folder, lockFile);
        } catch (IOException e) {
            throw new UnusableStoreException(
                    "cannot write in " + folder + ": " + e + "; let this user write it, or choose another folder", e);
        }
    }

    /** The entry of a new folder is synced, because what is synced inside is worth nothing without it. */
    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                try (FileChannel entries = FileChannel.open(parent, StandardOpenOption.READ)) {
                    entries.force(true);
                }
            }
        }
    }

    private static DataFolder lock(Path folder, FileChannel lockFile) throws IOException {
        if (tryLock(lockFile) == null) {
            String owner = owner(lockFile);
            lockFile.close();
            throw new UnusableStoreException(
                    folder + " is in use by " + owner + "; end that process, or choose another folder");
        }
        lockFile.truncate(0);
        lockFile.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new DataFolder(folder, lockFile);
    }

    private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it
        }
    }

    private static String owner(FileChannel lockFile) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        lockFile.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
        return text.matches("[0-9]+") ? "process " + text : "another process";
    }

    /** Returns where the database is. */
    Path database() {
        return folder.resolve("tulle.db");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UnusableStoreException("cannot release " + folder + ": " + e, e);
        }
    }
}
