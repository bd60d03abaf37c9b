package io.tulle.client.codec;

import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Records as maps, lists, texts, numbers and booleans, and those as JSON: for documents that are put together of records and more, and for comparing.
 * Stateless and thread-safe.
 */
public final class PlainJson {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private PlainJson() {}

    /** Returns the components of {@code record} in order, and first the {@code kind} of a resource; what is null is left out. */
    public static Map<String, Object> of(Record record) {
        return PlainTree.of(record);
    }

    /**
     * Returns {@code tree} as JSON in one line, without a line feed.
     *
     * @param tree values are what {@link #of} makes, lists of them and maps of them
     */
    public static String write(Map<String, ?> tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            ResourceWriter.write(generator, tree);
        }
        return text.toString();
    }
}
