package io.tulle.client.codec;

import io.tulle.api.resource.Durations;
import io.tulle.api.resource.EnumText;
import io.tulle.api.resource.Resource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records as maps, lists, strings, numbers and booleans, for writing: all of them, or what a reader of older schemas knows. */
final class PlainTree {
    private static final int EVERYTHING = Integer.MAX_VALUE;

    private final Schemas schemas;

    private PlainTree(Schemas schemas) {
        this.schemas = schemas;
    }

    /** Returns the components of a record, and {@code kind} of a resource; what is null is left out. */
    static Map<String, Object> of(Record record) {
        return of(record, Schemas.LATEST);
    }

    /** As {@link #of(Record)}, without the components of resources that are newer than {@code schemas}. */
    static Map<String, Object> of(Record record, Schemas schemas) {
        return new PlainTree(schemas).object(record, EVERYTHING);
    }

    /** Returns the components of a record that {@code schema} has. */
    static Map<String, Object> of(Record record, int schema) {
        return new PlainTree(Schemas.LATEST).object(record, schema);
    }

    private Map<String, Object> object(Record record, int schema) {
        Map<String, Object> tree = new LinkedHashMap<>();
        int known = schema;
        if (record instanceof Resource resource) {
            tree.put(Kinds.FIELD, resource.kind().title());
            known = schemas.of(resource.kind());
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = Schemas.leavesOut(component, known) ? null : read(component, record);
            if (value != null) {
                tree.put(component.getName(), plain(value, known));
            }
        }
        return tree;
    }

    private Object plain(Object value, int schema) {
        if (value instanceof Record record) {
            return object(record, schema);
        } else if (value instanceof Duration duration) {
            return Durations.format(duration);
        } else if (value instanceof Enum<?> constant) {
            return EnumText.of(constant);
        } else if (value instanceof List<?> list) {
            return list.stream().map(item -> plain(item, schema)).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, item) -> sorted.put((String) name, plain(item, schema)));
            return sorted;
        } else if (value instanceof Double number && number == number.intValue()) {
            return number.intValue(); // 50, not 50.0
        }
        return value;
    }

    static @Nullable Object read(RecordComponent component, Record owner) {
        try {
            Method accessor = component.getAccessor();
            if (!Modifier.isPublic(owner.getClass().getModifiers())) {
                accessor.setAccessible(true); // a record of another package of ours
            }
            return accessor.invoke(owner);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException(
                    component + " of " + owner.getClass().getName() + " cannot be read", e);
        }
    }
}
