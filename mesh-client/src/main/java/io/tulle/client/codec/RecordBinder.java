package io.tulle.client.codec;

import io.tulle.api.resource.InvalidField;
import io.tulle.api.resource.InvalidResourceException;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link Node} into a record by its components and collects everything that is wrong on the way. A component is required unless it has a
 * {@link io.tulle.api.resource.Default} or may be null. Confined to one thread.
 */
final class RecordBinder {
    private final Problems problems;
    private final boolean strict;
    private final @Nullable Consumer<RefusedResource> refused;
    private final ScalarBinder scalars;

    /** Creates a binder that refuses unknown fields when it is {@code strict}, and else ignores them. */
    RecordBinder(Problems problems, boolean strict) {
        this(problems, strict, null);
    }

    /** As the other; when {@code refused} is given, a bad resource is left out and told to it, and is no problem of what it stands in. */
    RecordBinder(Problems problems, boolean strict, @Nullable Consumer<RefusedResource> refused) {
        this.problems = problems;
        this.strict = strict;
        this.refused = refused;
        scalars = new ScalarBinder(problems);
    }

    /** Returns the record, or null after adding problems; {@code besides} names fields that somebody else reads. */
    @Nullable
    Object bind(Class<?> type, Node node, String pointer, Set<String> besides) {
        RecordShape shape = RecordShape.of(type);
        if (!(node instanceof Node.Fields object)) {
            problems.add(node, pointer, node.describe(), "an object with " + String.join(", ", shape.names()));
            return null;
        }
        int before = problems.count();
        if (strict) {
            refuseUnknown(object, shape, pointer, besides);
        }
        boolean unknown = problems.count() > before;
        @Nullable Object[] values = new @Nullable Object[shape.fields().size()];
        boolean[] bad = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            int count = problems.count();
            values[i] = component(shape.fields().get(i), object, pointer);
            bad[i] = problems.count() > count;
        }
        Object built = build(shape, values, bad, object, pointer);
        return unknown || problems.count() > before ? null : built;
    }

    private void refuseUnknown(Node.Fields object, RecordShape shape, String pointer, Set<String> besides) {
        List<String> known = shape.names();
        object.fields().forEach((name, field) -> {
            if (!known.contains(name) && !besides.contains(name)) {
                String expected = "one of " + String.join(", ", known) + Names.suggestion(name, known);
                problems.add(field.line(), field.column(), Pointers.child(pointer, name), "unknown field", expected);
            }
        });
    }

    private @Nullable Object component(RecordShape.Field component, Node.Fields object, String pointer) {
        Node.Field field = object.fields().get(component.name());
        String below = Pointers.child(pointer, component.name());
        if (field == null) {
            if (!component.hasDefault() && !component.nullable()) {
                problems.add(object, below, "missing", "a value, because it has no default");
            }
            return component.defaultValue();
        }
        if (component.nullable() && field.value() instanceof Node.Scalar scalar && scalar.type() == Node.Type.NULL) {
            return null;
        }
        return value(component.type(), field.value(), below);
    }

    private @Nullable Object value(Type type, Node node, String pointer) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? list(generic, node, pointer) : map(generic, node, pointer);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Resource.class) {
            return refused == null ? resource(node, pointer) : resourceApart(node, pointer, refused);
        }
        return plain.isRecord() ? bind(plain, node, pointer, Set.of()) : scalars.bind(plain, node, pointer);
    }

    private @Nullable Object resource(Node node, String pointer) {
        if (!(node instanceof Node.Fields object)) {
            problems.add(node, pointer, node.describe(), "a resource: an object with kind, metadata and spec");
            return null;
        }
        Kind kind = Kinds.read(object, pointer, problems);
        return kind == null ? null : bind(kind.type(), object, pointer, Set.of(Kinds.FIELD));
    }

    private static @Nullable Object resourceApart(Node node, String pointer, Consumer<RefusedResource> refused) {
        Problems own = new Problems("");
        Object resource = new RecordBinder(own, false).resource(node, "");
        if (own.count() > 0) {
            refused.accept(RefusedResource.of(pointer, node, own.first()));
            return null;
        }
        return resource;
    }

    private @Nullable Object list(ParameterizedType type, Node node, String pointer) {
        if (!(node instanceof Node.Items list)) {
            problems.add(node, pointer, node.describe(), "a list");
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            Object value = value(
                    type.getActualTypeArguments()[0], list.items().get(i), Pointers.child(pointer, String.valueOf(i)));
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private @Nullable Object map(ParameterizedType type, Node node, String pointer) {
        if (!(node instanceof Node.Fields object)) {
            problems.add(node, pointer, node.describe(), "an object");
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        object.fields().forEach((name, field) -> {
            Object value = value(type.getActualTypeArguments()[1], field.value(), Pointers.child(pointer, name));
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    /**
     * Builds the record. Where components are bad already, stand-ins take their place, so that the constructor still says what is wrong with the
     * others.
     */
    private @Nullable Object build(
            RecordShape shape, @Nullable Object[] values, boolean[] bad, Node.Fields object, String pointer) {
        for (int i = 0; i < values.length; i++) {
            RecordShape.Field component = shape.fields().get(i);
            if (bad[i]) {
                values[i] = component.hasDefault() ? component.defaultValue() : standIn(component.type());
                if (values[i] == null && !component.nullable()) {
                    return null;
                }
            }
        }
        try {
            return shape.build(values);
        } catch (InvalidResourceException e) {
            e.fields().stream().filter(field -> !concerns(field, shape, bad)).forEach(field -> {
                Node at = Pointers.nearest(object, field.name());
                problems.add(at, pointer + field.name(), field.value(), field.expected());
            });
            return null;
        }
    }

    private static @Nullable Object standIn(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? List.of() : Map.of();
        }
        if (type == String.class) {
            return "x";
        }
        return type == int.class
                ? (Object) 1
                : type == double.class ? (Object) 1.0 : type == boolean.class ? (Object) false : null;
    }

    /** Returns whether a complaint of the constructor is about a stand-in, or about how one goes with the rest. */
    private static boolean concerns(InvalidField field, RecordShape shape, boolean[] bad) {
        for (int i = 0; i < bad.length; i++) {
            String name = "/" + shape.fields().get(i).name();
            if (bad[i]
                    && (field.name().isEmpty()
                            || field.name().equals(name)
                            || field.name().startsWith(name + "/"))) {
                return true;
            }
        }
        return false;
    }
}
