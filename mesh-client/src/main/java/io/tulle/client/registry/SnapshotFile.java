package io.tulle.client.registry;

import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.codec.RefusedResource;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file from which a process starts while no registry answers: {@code <state dir>/<registry>/<namespace>/<service>.snapshot}, shared by the processes of a
 * service. The first line is {@code tulle-snapshot 1 sha256 <hex>}, the rest is the JSON that the digest is of. It is replaced as a whole: written beside,
 * synced, renamed. Stateless but for its path; of several writers the last wins.
 */
final class SnapshotFile {
    private static final String FORMAT = "tulle-snapshot 1 sha256 ";
    private static final String ANY_FORMAT = "tulle-snapshot ";
    private static final String LEFTOVER = ".tmp";
    private static final long MOST_BYTES = 256L * 1024 * 1024;

    private final Path path;
    private final String service;

    SnapshotFile(Path path, String service) {
        this.path = path;
        this.service = service;
    }

    /** Returns the file of a service's processes. */
    static SnapshotFile of(Path stateDir, URI registry, String service) {
        String id = (registry.getHost() + "-" + registry.getPort())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.-]", "_");
        return new SnapshotFile(stateDir.resolve(id).resolve(service + ".snapshot"), service);
    }

    /** Returns where it is. */
    Path path() {
        return path;
    }

    /**
     * What a file held.
     *
     * @param snapshot null when there is none that can be used
     * @param problems what was wrong with it, one line each; empty when all is well or there is no file
     */
    record Read(@Nullable SavedSnapshot snapshot, List<String> problems) {}

    /** Reads it; never fails. */
    Read read() {
        try {
            if (Files.size(path) > MOST_BYTES) {
                return unusable("larger than " + MOST_BYTES + " bytes");
            }
            return parse(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return new Read(null, List.of());
        } catch (IOException e) {
            return unusable("cannot be read: " + e);
        }
    }

    private Read parse(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        String head = new String(bytes, 0, end, StandardCharsets.UTF_8);
        if (!head.startsWith(FORMAT)) {
            return unusable(
                    head.startsWith(ANY_FORMAT)
                            ? "of a format that this version does not know (expected: format 1)"
                            : "not a snapshot");
        }
        int begin = Math.min(end + 1, bytes.length);
        if (!head.substring(FORMAT.length()).equals(digest(bytes, begin))) {
            return unusable("damaged: its checksum does not fit");
        }
        List<RefusedResource> refused = new ArrayList<>();
        try {
            String json = new String(bytes, begin, bytes.length - begin, StandardCharsets.UTF_8);
            SavedSnapshot saved = JsonRecords.readGood(SavedSnapshot.class, path.toString(), json, refused::add);
            if (!saved.service().equals(service)) {
                return unusable("of " + saved.service() + " (expected: of " + service + ")");
            }
            return new Read(saved, problems(refused));
        } catch (InvalidFileException e) {
            return unusable(String.valueOf(e.getMessage()));
        }
    }

    private List<String> problems(List<RefusedResource> refused) {
        return refused.stream()
                .limit(10)
                .map(one -> path + ": " + one.kind() + " " + one.namespace() + "/" + one.name() + " is left out: "
                        + one.reason())
                .toList();
    }

    private Read unusable(String why) {
        return new Read(null, List.of(path + ": " + why + "; it is ignored"));
    }

    /** Replaces it durably. */
    void write(SavedSnapshot snapshot) throws IOException {
        byte[] body = JsonRecords.write(snapshot).getBytes(StandardCharsets.UTF_8);
        byte[] head = (FORMAT + digest(body, 0) + "\n").getBytes(StandardCharsets.UTF_8);
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new FileSystemException(path.toString(), null, "has no folder");
        }
        Files.createDirectories(folder);
        removeLeftovers(folder);
        Path beside = Files.createTempFile(folder, path.getFileName() + ".", LEFTOVER);
        try {
            write(beside, head, body);
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        sync(folder);
    }

    /** Removes what processes that were killed while they wrote have left. */
    private void removeLeftovers(Path folder) throws IOException {
        FileTime anHourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, path.getFileName() + ".*" + LEFTOVER)) {
            for (Path file : files) {
                if (file.toFile().lastModified() < anHourAgo.toMillis()) { // 0 when another process was faster
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void write(Path file, byte[] head, byte[] body) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (byte[] part : List.of(head, body)) {
                ByteBuffer bytes = ByteBuffer.wrap(part);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        if (folder.getFileSystem()
                .supportedFileAttributeViews()
                .contains("posix")) { // elsewhere folders cannot be opened
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static String digest(byte[] bytes, int from) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, bytes.length - from);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
