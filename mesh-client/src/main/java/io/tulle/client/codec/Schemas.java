package io.tulle.client.codec;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Since;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest schema of each kind that somebody knows. Two that know the same are equal, so that what is written for one can be sent to all of them.
 *
 * @param numbers by kind; a kind that is not there is not known at all
 */
public record Schemas(Map<Kind, Integer> numbers) {
    /** What this version of the library knows. */
    public static final Schemas LATEST = latest();

    /** Copies. */
    public Schemas {
        numbers = Map.copyOf(numbers);
    }

    /** Returns what {@code titles} say, by the kinds' titles; those that this version does not know are left out. */
    public static Schemas of(Map<String, Integer> titles) {
        Map<Kind, Integer> numbers = new EnumMap<>(Kind.class);
        titles.forEach((title, number) -> {
            Kind kind = Kind.ofTitle(title);
            if (kind != null) {
                numbers.put(kind, number);
            }
        });
        return new Schemas(numbers);
    }

    /** Returns the numbers by the kinds' titles, in order. */
    public Map<String, Integer> titles() {
        Map<String, Integer> titles = new TreeMap<>();
        numbers.forEach((kind, number) -> titles.put(kind.title(), number));
        return titles;
    }

    /** Returns whether resources of {@code kind} can be sent at all. */
    public boolean know(Kind kind) {
        return numbers.containsKey(kind);
    }

    /**
     * Returns the first field that a resource cannot do without and that is newer than the schema of its kind, or null when the resource can be said. Call it for a
     * kind that is {@linkplain #know known}.
     */
    public @Nullable Newer newer(Resource resource) {
        return newer((Record) resource, of(resource.kind()), "");
    }

    int of(Kind kind) {
        return numbers.getOrDefault(kind, 0);
    }

    /**
     * A field that is too new.
     *
     * @param pointer from the resource's root
     * @param schema the schema that has it
     */
    public record Newer(String pointer, int schema) {}

    /** Returns whether {@code component} is left out for somebody who knows {@code schema}. */
    static boolean leavesOut(RecordComponent component, int schema) {
        Since since = component.getAnnotation(Since.class);
        return since != null && since.value() > schema;
    }

    static @Nullable Newer newer(Record record, int schema, String pointer) {
        List<RecordShape.Field> fields = RecordShape.of(record.getClass()).fields();
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object value = PlainTree.read(components[i], record);
            String below = Pointers.child(pointer, components[i].getName());
            Newer found = leavesOut(components[i], schema)
                    ? missed(components[i], value, fields.get(i).defaultValue(), below)
                    : inside(value, schema, below);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Newer missed(
            RecordComponent component, @Nullable Object value, @Nullable Object usual, String pointer) {
        Since since = component.getAnnotation(Since.class);
        return since.required() && !Objects.equals(value, usual) ? new Newer(pointer, since.value()) : null;
    }

    private static @Nullable Newer inside(@Nullable Object value, int schema, String pointer) {
        if (value instanceof Record record) {
            return newer(record, schema, pointer);
        }
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Newer found = inside(list.get(i), schema, Pointers.child(pointer, String.valueOf(i)));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static Schemas latest() {
        Map<Kind, Integer> numbers = new EnumMap<>(Kind.class);
        Arrays.stream(Kind.values()).forEach(kind -> numbers.put(kind, kind.schema()));
        return new Schemas(numbers);
    }
}
