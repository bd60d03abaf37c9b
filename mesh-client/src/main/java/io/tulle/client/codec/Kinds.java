package io.tulle.client.codec;

import io.tulle.api.resource.Kind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code kind} of a resource in a tree. */
final class Kinds {
    static final String FIELD = "kind";

    private Kinds() {}

    /** Returns the kind that {@code object} says, or null after adding a problem. */
    static @Nullable Kind read(Node.Fields object, String pointer, Problems problems) {
        List<String> titles = Arrays.stream(Kind.values()).map(Kind::title).toList();
        String expected = "one of " + String.join(", ", titles);
        Node.Field field = object.fields().get(FIELD);
        if (field == null) {
            problems.add(object, pointer + "/kind", "missing", expected);
            return null;
        }
        String text = field.value() instanceof Node.Scalar scalar ? scalar.text() : "";
        Kind kind = Kind.ofTitle(text);
        if (kind == null) {
            problems.add(
                    field.value(),
                    pointer + "/kind",
                    field.value().describe(),
                    expected + Names.suggestion(text, titles));
        }
        return kind;
    }
}
