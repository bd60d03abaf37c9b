package io.tulle.client.codec;

import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes the records that travel between processes, as JSON. Reading ignores fields that it does not know, so that the writer may be newer;
 * everything else that is wrong is reported as {@link ResourceReader} does. Stateless and thread-safe.
 */
public final class JsonRecords {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private JsonRecords() {}

    /**
     * Returns the record that {@code json} holds.
     *
     * @param name what the text is, for messages
     * @throws InvalidFileException with everything that is wrong
     */
    public static <T extends Record> T read(Class<T> type, String name, String json) {
        return read(type, name, json, null);
    }

    /**
     * As {@link #read(Class, String, String)}, but a resource in the record that cannot be read, because it is not valid or of a kind that this version
     * does not know, is left out and told to {@code refused}.
     */
    public static <T extends Record> T readGood(
            Class<T> type, String name, String json, Consumer<RefusedResource> refused) {
        return read(type, name, json, refused);
    }

    private static <T extends Record> T read(
            Class<T> type, String name, String json, @Nullable Consumer<RefusedResource> refused) {
        Problems problems = new Problems(name);
        List<Node> documents = JsonTree.documents(problems, json);
        if (documents.isEmpty()) {
            throw problems.fatal(0, 0, "", "nothing", "a JSON object");
        }
        Object record = new RecordBinder(problems, false, refused).bind(type, documents.get(0), "", Set.of());
        problems.done();
        return type.cast(Objects.requireNonNull(record)); // else there were problems
    }

    /** Returns {@code record} as JSON in one line, without a line feed. */
    public static String write(Record record) {
        return write(record, Schemas.LATEST);
    }

    /**
     * As {@link #write(Record)}, for a reader of {@code schemas}: components of resources that are newer are left out. Ask {@link Schemas#newer} before whether a
     * resource can do without them.
     */
    public static String write(Record record, Schemas schemas) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            ResourceWriter.write(generator, PlainTree.of(record, schemas));
        }
        return text.toString();
    }
}
