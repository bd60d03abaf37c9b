package io.tulle.client.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file of PEM blocks (RFC 7468) as it was read; what stands around the blocks is left out, and a byte order mark of UTF-8 before them, too.
 *
 * @param role what the file is for, for messages
 * @param path where it was read
 * @param bytes what it holds
 */
record PemFile(String role, Path path, byte[] bytes) {
    static final int MOST_BYTES = 1 << 20;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String MARK = "\u00ef\u00bb\u00bf"; // the byte order mark of UTF-8, each byte a character

    /** A block: what stands in its first line, and what it holds. */
    record Block(String type, byte[] content) {}

    /**
     * Reads a file.
     *
     * @throws InvalidCredentialsException if that is not possible, or it is too long
     */
    static PemFile read(String role, Path path) {
        String named = role + " " + path + ": ";
        try {
            if (Files.isDirectory(path)) {
                throw new InvalidCredentialsException(named + "is a folder (expected: a PEM file)");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new InvalidCredentialsException(
                        named + Files.size(path) + " bytes (expected: a PEM file of at most 1 MiB)");
            }
            return new PemFile(role, path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new InvalidCredentialsException(named + "does not exist (expected: a PEM file)", e);
        } catch (AccessDeniedException e) {
            throw new InvalidCredentialsException(
                    named + "permission denied (expected: a file that this process may read)", e);
        } catch (IOException e) {
            throw new InvalidCredentialsException(
                    named + "cannot be read: " + e.getMessage() + " (expected: a PEM file)", e);
        }
    }

    /**
     * Returns its blocks in order.
     *
     * @throws InvalidCredentialsException if one is cut off or is not base64, or begins or ends on a line that has more on it
     */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String open = null;
        StringBuilder content = new StringBuilder();
        String[] lines = text().split("\\R");
        for (int i = 0; i < lines.length; i++) {
            String text = lines[i].strip();
            if (open == null && begins(text)) {
                open = text.substring(BEGIN.length(), text.length() - DASHES.length());
                content.setLength(0);
            } else if (open != null && text.equals(END + open + DASHES)) {
                blocks.add(new Block(open, decoded(open, content.toString())));
                open = null;
            } else if (text.contains(BEGIN) || text.contains(END)) { // left out, it would take a block along
                throw wrong("line " + (i + 1) + " begins or ends a block out of place", "each on a line by itself");
            } else if (open != null) {
                content.append(text);
            }
        }
        if (open != null) {
            throw wrong("'" + BEGIN + open + DASHES + "' without its end", "a whole file; is it being written?");
        }
        return blocks;
    }

    private String text() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }

    private static boolean begins(String line) {
        return line.startsWith(BEGIN) && line.indexOf(DASHES, BEGIN.length()) == line.length() - DASHES.length();
    }

    private byte[] decoded(String type, String text) {
        try {
            return text.contains(":") // headers of an encrypted key of old: what is in it can be read by nobody
                    ? new byte[0]
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidCredentialsException(
                    named("a block " + type + " that is not base64: " + e.getMessage(), "a PEM file"), e);
        }
    }

    /** Returns the types of blocks, for messages. */
    static String types(List<Block> blocks) {
        return blocks.isEmpty()
                ? "no PEM block"
                : blocks.stream().map(Block::type).distinct().collect(Collectors.joining(", "));
    }

    InvalidCredentialsException wrong(String found, String expected) {
        return new InvalidCredentialsException(named(found, expected));
    }

    InvalidCredentialsException wrong(String found, String expected, Exception cause) {
        return new InvalidCredentialsException(named(found, expected), cause);
    }

    private String named(String found, String expected) {
        return this + ": " + found + " (expected: " + expected + ")";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PemFile that && path.equals(that.path) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns what the file is for, and its path; never what it holds. */
    @Override
    public String toString() {
        return role + " " + path;
    }
}
