package io.tulle.client.source;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which resource files a folder and the folders below it hold. Two listings are equal when nothing seems to have changed. Names that begin with a dot
 * are left out, and so are folders that are links or deeper than {@link #DEPTH}.
 *
 * @param folders every folder, for watching
 * @param files the stamp of each file by its path relative to the folder, with {@code /}
 */
record FolderListing(Set<Path> folders, SortedMap<String, Stamp> files) {
    static final int DEPTH = 8;
    static final int MOST_FILES = 10_000;
    private static final Pattern RESOURCES = Pattern.compile("(?i).+\\.(yaml|yml|json)");

    /** What changes when a file does, as far as its folder tells. */
    record Stamp(long size, FileTime modified, @Nullable Object key) {}

    /**
     * Lists {@code folder}.
     *
     * @throws UnreadableFolderException if it is missing, not a folder, cannot be read or holds too much
     */
    static FolderListing of(Path folder) {
        try {
            Path root = folder.toRealPath();
            if (!Files.isDirectory(root)) {
                throw new NotDirectoryException(folder.toString());
            }
            Walk walk = new Walk(root);
            Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEPTH, walk);
            return new FolderListing(walk.folders, walk.files);
        } catch (NoSuchFileException e) {
            throw new UnreadableFolderException(folder + ": does not exist (expected: a folder of resource files)", e);
        } catch (NotDirectoryException e) {
            throw new UnreadableFolderException(folder + ": not a folder (expected: a folder of resource files)", e);
        } catch (IOException e) {
            throw new UnreadableFolderException(
                    folder + ": cannot be listed: " + Reason.of(e, folder) + " (expected: a folder that may be read)",
                    e);
        }
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        final Set<Path> folders = new TreeSet<>();
        final SortedMap<String, Stamp> files = new TreeMap<>();
        private final Path root;

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (!path.equals(root) && hidden(path)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            folders.add(path);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            if (!hidden(path) && RESOURCES.matcher(name(path)).matches() && !Files.isDirectory(path)) {
                BasicFileAttributes followed = attributes.isSymbolicLink() ? target(path, attributes) : attributes;
                files.put(root.relativize(path).toString().replace('\\', '/'), stamp(followed));
                if (files.size() > MOST_FILES) {
                    throw new IOException("more than " + MOST_FILES + " resource files");
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException && !path.equals(root)) {
                return FileVisitResult.CONTINUE; // it was removed while we were looking
            }
            throw failure;
        }

        private static BasicFileAttributes target(Path link, BasicFileAttributes own) {
            try {
                return Files.readAttributes(link, BasicFileAttributes.class);
            } catch (IOException e) {
                return own; // the link leads nowhere: reading it will say so
            }
        }

        private static Stamp stamp(BasicFileAttributes attributes) {
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }

        private static boolean hidden(Path path) {
            return name(path).startsWith(".");
        }

        private static String name(Path path) {
            return String.valueOf(path.getFileName());
        }
    }
}
