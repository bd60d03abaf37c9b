package io.tulle.client.codec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901) over {@link Node}. */
final class Pointers {
    private Pointers() {}

    /** Returns the pointer to a field or item below {@code pointer}. */
    static String child(String pointer, String segment) {
        return pointer + "/" + segment.replace("~", "~0").replace("/", "~1");
    }

    /** Returns what {@code pointer} leads to from {@code root}, or the last node on the way when it is not there (a defaulted field). */
    static Node nearest(Node root, String pointer) {
        Node node = root;
        for (String segment : segments(pointer)) {
            Node next = step(node, segment);
            if (next == null) {
                return node;
            }
            node = next;
        }
        return node;
    }

    /** Returns whether {@code pointer} leads to something from {@code root}. */
    static boolean has(Node root, String pointer) {
        Node node = root;
        for (String segment : segments(pointer)) {
            node = step(node, segment);
            if (node == null) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segments(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : Arrays.stream(pointer.substring(1).split("/", -1))
                        .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }

    private static @Nullable Node step(Node node, String segment) {
        if (node instanceof Node.Fields object) {
            Node.Field field = object.fields().get(segment);
            return field == null ? null : field.value();
        }
        if (node instanceof Node.Items list && segment.matches("\\d{1,9}")) {
            int index = Integer.parseInt(segment);
            return index < list.items().size() ? list.items().get(index) : null;
        }
        return null;
    }
}
