package io.tulle.client.codec;

/**
 * A resource of a record that could not be read, while the rest of the record could.
 *
 * @param pointer where it stood in the record, as a JSON pointer
 * @param kind what it says that it is; empty when it does not say
 * @param namespace what it says; {@code default} when it does not say
 * @param name what it says; empty when it does not say
 * @param resourceVersion what it says; empty when it does not say
 * @param reason what is wrong, in one line
 */
public record RefusedResource(
        String pointer, String kind, String namespace, String name, String resourceVersion, String reason) {
    static RefusedResource of(String pointer, Node node, Problem problem) {
        return new RefusedResource(
                pointer,
                text(node, "/kind"),
                orDefault(text(node, "/metadata/namespace")),
                text(node, "/metadata/name"),
                text(node, "/metadata/resourceVersion"),
                problem.pointer() + ": " + problem.value() + " (expected: " + problem.expected() + ")");
    }

    private static String orDefault(String namespace) {
        return namespace.isEmpty() ? "default" : namespace;
    }

    private static String text(Node root, String pointer) {
        Node node = root;
        for (String name : pointer.substring(1).split("/", -1)) {
            Node.Field field =
                    node instanceof Node.Fields object ? object.fields().get(name) : null;
            if (field == null) {
                return "";
            }
            node = field.value();
        }
        return node instanceof Node.Scalar scalar && scalar.type() == Node.Type.TEXT ? scalar.text() : "";
    }
}
