package io.tulle.registry.resource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The differences of two trees of maps, lists and values, field by field. */
public final class TreeDiff {
    private final List<Difference> differences = new ArrayList<>();

    private TreeDiff() {}

    /**
     * A field that is different.
     *
     * @param pointer which, as a JSON pointer (RFC 6901)
     * @param from what it was, or null when it was not there
     * @param to what it is, or null when it is not there
     */
    public record Difference(
            String pointer, @Nullable Object from, @Nullable Object to) {}

    /** Returns what makes {@code to} of {@code from}; lists are compared item by item. */
    public static List<Difference> between(@Nullable Object from, @Nullable Object to) {
        TreeDiff diff = new TreeDiff();
        diff.compare("", from, to);
        return List.copyOf(diff.differences);
    }

    private void compare(String pointer, @Nullable Object from, @Nullable Object to) {
        if (from instanceof Map<?, ?> before && to instanceof Map<?, ?> after) {
            Set<Object> names = new LinkedHashSet<>(before.keySet());
            names.addAll(after.keySet());
            names.forEach(name -> compare(child(pointer, name.toString()), before.get(name), after.get(name)));
        } else if (from instanceof List<?> before && to instanceof List<?> after) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(child(pointer, String.valueOf(i)), item(before, i), item(after, i));
            }
        } else if (!Objects.equals(from, to)) {
            differences.add(new Difference(pointer, from, to));
        }
    }

    private static @Nullable Object item(List<?> list, int index) {
        return index < list.size() ? list.get(index) : null;
    }

    private static String child(String pointer, String segment) {
        return pointer + "/" + segment.replace("~", "~0").replace("/", "~1");
    }
}
