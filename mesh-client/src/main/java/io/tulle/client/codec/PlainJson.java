package io.tulle.client.codec;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as maps, lists, texts, numbers, booleans and null: for documents that are put together of records and more, for comparing, and for showing what another
 * version says. Maps keep their order. Stateless and thread-safe.
 */
public final class PlainJson {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private PlainJson() {}

    /**
     * Returns the value that {@code json} holds; numbers are {@link Long} or {@link Double}, or texts when they are larger.
     *
     * @param name what the text is, for messages
     * @throws InvalidFileException if it is not JSON, nested too deep, or has a field twice
     */
    public static @Nullable Object read(String name, String json) {
        Problems problems = new Problems(name);
        List<Node> documents = JsonTree.documents(problems, json);
        if (documents.isEmpty()) {
            throw problems.fatal(0, 0, "", "nothing", "a JSON value");
        }
        problems.done();
        return plain(documents.get(0));
    }

    /** Returns the components of {@code record} in order, and first the {@code kind} of a resource; what is null is left out. */
    public static Map<String, Object> of(Record record) {
        return PlainTree.of(record);
    }

    /** Returns a value as JSON in one line, without a line feed. */
    public static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            ResourceWriter.write(generator, value);
        }
        return text.toString();
    }

    /** Returns a value as indented JSON, with a line feed at the end. */
    public static String indented(@Nullable Object value) {
        return ResourceWriter.indented(value);
    }

    /** Returns one YAML document per value; each begins with {@code ---}. */
    public static String yaml(List<?> values) {
        return ResourceWriter.documents(values.iterator());
    }

    private static @Nullable Object plain(Node node) {
        if (node instanceof Node.Fields object) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            object.fields().forEach((name, field) -> fields.put(name, plain(field.value())));
            return fields;
        } else if (node instanceof Node.Items list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return switch (scalar.type()) {
            case TEXT -> scalar.text();
            case NUMBER -> number(scalar.text());
            case BOOLEAN -> Boolean.valueOf(scalar.text());
            case NULL -> null;
        };
    }

    private static Object number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            double value = Double.parseDouble(text); // JSON's grammar is within that of doubles
            return Double.isInfinite(value) ? text : (Object) value;
        }
    }
}
