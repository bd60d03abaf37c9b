package io.tulle.api.resource;

/**
 * Something in a resource that contradicts the other resources.
 *
 * @param resource where
 * @param field what, as a pointer from the resource's root
 */
public record ResourceProblem(Resource resource, InvalidField field) {
    /** Returns the resource's title and the field. */
    @Override
    public String toString() {
        return resource.title() + " " + field;
    }
}
