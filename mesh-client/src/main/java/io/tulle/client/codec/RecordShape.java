package io.tulle.client.codec;

import io.tulle.api.resource.Default;
import io.tulle.api.resource.Defaults;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the binder knows of a record type: its components, which of them may be missing, and how to build one. Immutable, made once per type.
 *
 * @param fields the components in order
 * @param constructor the canonical constructor
 */
record RecordShape(List<Field> fields, Constructor<?> constructor) {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return read(type);
        }
    };

    /**
     * One component.
     *
     * @param type its generic type
     * @param hasDefault whether it may be missing and then is {@code defaultValue}
     * @param nullable whether it may be missing or null, and then is null
     */
    record Field(
            String name,
            Type type,
            boolean hasDefault,
            @Nullable Object defaultValue,
            boolean nullable) {}

    /** Returns the shape of a record type. */
    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** Returns the names of the components. */
    List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** Builds a record; what its constructor throws comes out as it is. */
    Object build(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(constructor + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " cannot be called", e);
        }
    }

    private static RecordShape read(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            List<Field> fields =
                    Arrays.stream(components).map(RecordShape::field).toList();
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            if (!Modifier.isPublic(type.getModifiers())) {
                constructor.setAccessible(true); // a record of another package of ours
            }
            return new RecordShape(fields, constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    private static Field field(RecordComponent component) {
        return new Field(
                component.getName(),
                component.getGenericType(),
                component.isAnnotationPresent(Default.class),
                Defaults.of(component),
                component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }
}
