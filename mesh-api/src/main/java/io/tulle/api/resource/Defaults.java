package io.tulle.api.resource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@link Default} annotations. Runs while classes are initialised and while files are read, never on the call path. */
public final class Defaults {
    private Defaults() {}

    /**
     * Returns a record of {@code type} made of defaults alone; components that have none and may be null are null.
     *
     * @throws IllegalArgumentException if {@code type} is not a record or has a required component
     */
    public static <R extends Record> R of(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = of(components[i]);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(type.getName() + ": its defaults are not valid", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + ": cannot be built from defaults", e);
        }
    }

    /** Returns the default of one component, or null when it has none. */
    public static @Nullable Object of(RecordComponent component) {
        Default annotation = component.getAnnotation(Default.class);
        return annotation == null ? null : parse(component.getType(), annotation.value());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // isEnum has established what the compiler cannot see
    private static Object parse(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        } else if (type == int.class) {
            return Integer.parseInt(text);
        } else if (type == long.class) {
            return Long.parseLong(text);
        } else if (type == double.class) {
            return Double.parseDouble(text);
        } else if (type == boolean.class) {
            return Boolean.parseBoolean(text);
        } else if (type == Duration.class) {
            return Durations.parse(text);
        } else if (type == List.class) {
            return list(text);
        } else if (type == Map.class) {
            return Map.of();
        } else if (type.isEnum()) {
            return EnumText.parse((Class) type, text);
        } else if (type.isRecord()) {
            return of(type.asSubclass(Record.class));
        }
        throw new IllegalArgumentException(type.getName() + ": a default of this type is not supported");
    }

    /** A list of whole numbers, or the empty list. */
    private static List<Integer> list(String text) {
        String items = text.substring(1, text.length() - 1);
        return items.isBlank()
                ? List.of()
                : Arrays.stream(items.split(","))
                        .map(String::trim)
                        .map(Integer::valueOf)
                        .toList();
    }
}
