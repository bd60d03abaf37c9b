package io.tulle.client.codec;

import io.tulle.api.resource.InvalidField;
import io.tulle.api.resource.Resource;

/** A resource and where it was read. Immutable. */
public final class LocatedResource {
    private final Resource resource;
    private final String file;
    private final Node root;
    private final String pointer;

    LocatedResource(Resource resource, String file, Node root, String pointer) {
        this.resource = resource;
        this.file = file;
        this.root = root;
        this.pointer = pointer;
    }

    /** Returns the resource. */
    public Resource resource() {
        return resource;
    }

    /** Returns the file's name as the reader was given it. */
    public String file() {
        return file;
    }

    /** Returns the line on which the resource starts, 1 for the first. */
    public int line() {
        return root.line();
    }

    /** Returns where the resource is in its document, as a JSON pointer: empty for the document itself, {@code /2} for the third of a list. */
    public String pointer() {
        return pointer;
    }

    /** Returns whether the file itself has the field, an item or an object, at {@code pointer} from the resource's root; a defaulted field it has not. */
    public boolean says(String pointer) {
        return Pointers.has(root, pointer);
    }

    /** Returns the place of a field as {@code file:line:column}; that of what encloses it when the field is not in the file. */
    public String place(String pointer) {
        Node at = Pointers.nearest(root, pointer);
        return file + ":" + at.line() + ":" + at.column();
    }

    /** Returns a bad field of this resource with its place in the file; a field that is not in the file has the place of what encloses it. */
    public Problem problem(InvalidField field) {
        Node at = Pointers.nearest(root, field.name());
        return new Problem(file, at.line(), at.column(), pointer + field.name(), field.value(), field.expected());
    }
}
