package io.tulle.client.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Reads resources from the bytes of a file: YAML with one resource per document, or JSON with one resource or a list of them. Strict: every mistake is
 * reported, with its place. Stateless and thread-safe.
 */
public final class ResourceReader {
    /** How many bytes a file may have: 1 MiB. */
    public static final int MOST_BYTES = Limits.BYTES;

    private ResourceReader() {}

    /**
     * Returns the resources of a file in its order.
     *
     * @param file the name for messages; one that ends in {@code .json} is JSON, any other YAML
     * @param content at most {@link #MOST_BYTES} of UTF-8
     * @throws InvalidFileException with everything that is wrong
     */
    public static List<LocatedResource> read(String file, byte[] content) {
        Problems problems = new Problems(file);
        if (content.length > MOST_BYTES) {
            throw problems.fatal(0, 0, "", "larger than 1 MiB", "at most " + MOST_BYTES + " bytes");
        }
        String text = text(content, problems);
        if (text.isBlank()) {
            throw problems.fatal(0, 0, "", "nothing in the file", "a resource; delete the file if it is not wanted");
        }
        boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
        List<Node> documents = json ? JsonTree.documents(problems, text) : YamlTree.documents(problems, text);
        ResourceBinder binder = new ResourceBinder(problems);
        documents.forEach(binder::add);
        problems.done();
        return List.copyOf(binder.resources());
    }

    private static InvalidFileException notText(byte[] content, int at, Problems problems) {
        String before = new String(content, 0, at, StandardCharsets.UTF_8);
        int lineStart = before.lastIndexOf('\n') + 1;
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = 1 + before.codePointCount(lineStart, before.length());
        String value = String.format(Locale.ROOT, "not UTF-8: byte 0x%02x", content[at]);
        return problems.fatal(line, column, "", value, "a text in UTF-8");
    }

    private static String text(byte[] content, Problems problems) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw notText(content, bytes.position(), problems);
        }
    }
}
