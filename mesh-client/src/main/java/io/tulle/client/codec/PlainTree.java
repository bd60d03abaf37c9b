package io.tulle.client.codec;

import io.tulle.api.resource.Durations;
import io.tulle.api.resource.EnumText;
import io.tulle.api.resource.Resource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Resources as maps, lists, strings, numbers and booleans, for writing. */
final class PlainTree {
    private PlainTree() {}

    /** Returns {@code kind} and the components of a resource; what is null is left out. */
    static Map<String, Object> of(Resource resource) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", resource.kind().title());
        addComponents(tree, (Record) resource);
        return tree;
    }

    /** Returns the components of a record; what is null is left out. */
    static Map<String, Object> of(Record record) {
        if (record instanceof Resource resource) {
            return of(resource);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        addComponents(tree, record);
        return tree;
    }

    private static void addComponents(Map<String, Object> tree, Record owner) {
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            Object value = read(component, owner);
            if (value != null) {
                tree.put(component.getName(), plain(value));
            }
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Record record) {
            return of(record);
        } else if (value instanceof Duration duration) {
            return Durations.format(duration);
        } else if (value instanceof Enum<?> constant) {
            return EnumText.of(constant);
        } else if (value instanceof List<?> list) {
            return list.stream().map(PlainTree::plain).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, item) -> sorted.put((String) name, plain(item)));
            return sorted;
        } else if (value instanceof Double number && number == number.intValue()) {
            return number.intValue(); // 50, not 50.0
        }
        return value;
    }

    private static @Nullable Object read(RecordComponent component, Record owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException(
                    component + " of " + owner.getClass().getName() + " cannot be read", e);
        }
    }
}
