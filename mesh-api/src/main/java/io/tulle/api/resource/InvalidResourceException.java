package io.tulle.api.resource;

import io.tulle.api.MeshException;
import java.util.List;
import java.util.stream.Collectors;

/** Something in a resource is not valid; {@link #fields} has all of it, not only the first. */
public class InvalidResourceException extends MeshException {
    private static final long serialVersionUID = 1L;

    private final transient List<InvalidField> fields;

    /** Creates the exception for at least one bad field. */
    public InvalidResourceException(String what, List<InvalidField> fields) {
        super(what + ": " + fields.stream().map(InvalidField::toString).collect(Collectors.joining("; ")));
        this.fields = List.copyOf(fields);
    }

    /** Returns every bad field. */
    public List<InvalidField> fields() {
        return fields;
    }
}
