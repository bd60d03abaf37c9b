package io.tulle.cli.registry;

import io.tulle.api.resource.Resource;
import io.tulle.cli.text.Printable;
import io.tulle.client.codec.PlainJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a registry says, or a part of it. What is not there has no fields, no items and the text {@code ""}, so that an answer of another version can be shown as
 * far as it goes. Immutable.
 */
public final class Json {
    /** What is not there. */
    public static final Json NONE = new Json(null);

    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /**
     * Reads a value.
     *
     * @throws io.tulle.client.codec.InvalidFileException if {@code text} is not JSON
     */
    public static Json parse(String name, String text) {
        return new Json(PlainJson.read(name, text));
    }

    /** Returns a resource with every default filled in. */
    public static Json of(Resource resource) {
        return parse(
                resource.title(),
                PlainJson.write(PlainJson.of((Record) resource))); // numbers as the registry says them
    }

    /** Returns a list of values. */
    public static Json list(List<Json> items) {
        return new Json(items.stream().map(item -> item.value).toList());
    }

    /** Returns what a path of field names leads to. */
    public Json at(String... path) {
        @Nullable Object at = value;
        for (String name : path) {
            at = at instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return at == null ? NONE : new Json(at);
    }

    /** Returns whether there is anything; null counts as nothing. */
    public boolean exists() {
        return value != null;
    }

    /** Returns a scalar as text, everything else as JSON in one line. */
    public String text() {
        if (value == null) {
            return "";
        }
        return value instanceof Map || value instanceof List ? PlainJson.write(value) : value.toString();
    }

    /** Returns a number, 0 when it is none. */
    public long number() {
        return value instanceof Number number ? number.longValue() : 0;
    }

    /** Returns whether this is {@code true}. */
    public boolean flag() {
        return Boolean.TRUE.equals(value);
    }

    /** Returns the items of a list. */
    public List<Json> items() {
        return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
    }

    /** Returns the texts of a list. */
    public List<String> texts() {
        return items().stream().map(Json::text).toList();
    }

    /** Returns whether this has fields. */
    public boolean isObject() {
        return value instanceof Map;
    }

    /** Returns whether this has items. */
    public boolean isList() {
        return value instanceof List;
    }

    /** Returns the fields of an object in their order. */
    public Map<String, Json> fields() {
        Map<String, Json> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, field) -> fields.put(name.toString(), new Json(field)));
        }
        return fields;
    }

    /** Returns the object without one of its fields. */
    public Json without(String name) {
        if (!(value instanceof Map<?, ?> object)) {
            return this;
        }
        Map<Object, @Nullable Object> rest = new LinkedHashMap<>(object);
        rest.remove(name);
        return new Json(rest);
    }

    /** Returns the object with a field changed or added. */
    public Json with(String name, Json field) {
        Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> object) {
            fields.putAll(object);
        }
        fields.put(name, field.value);
        return new Json(fields);
    }

    /** Returns printable JSON in one line. */
    public String line() {
        return Printable.json(PlainJson.write(value));
    }

    /** Returns printable, indented JSON with a line feed at the end. */
    public String indented() {
        return Printable.json(PlainJson.indented(value));
    }

    /** Returns printable YAML: one document per item of a list, else one; each begins with {@code ---}. */
    public String yaml() {
        return Printable.lines(PlainJson.yaml(value instanceof List<?> list ? list : Collections.singletonList(value)));
    }

    /** Returns printable YAML of this value alone, without a mark between documents. */
    public String block() {
        return Printable.lines(PlainJson.yaml(Collections.singletonList(value))).replaceFirst("^---\\s", "");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json json && Objects.equals(value, json.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return line();
    }
}
