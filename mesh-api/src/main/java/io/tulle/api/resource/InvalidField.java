package io.tulle.api.resource;

/**
 * One field that is wrong.
 *
 * @param name the field as a JSON pointer (RFC 6901) relative to the record, such as {@code /rules/0/timeout}; empty for the record itself
 * @param value what was found, as text
 * @param expected what would be valid
 */
public record InvalidField(String name, String value, String expected) {
    /** Returns this field seen from the record above, where {@code segment} leads here. */
    public InvalidField under(String segment) {
        return new InvalidField("/" + segment.replace("~", "~0").replace("/", "~1") + name, value, expected);
    }

    /** Returns {@code name: value (expected: ...)}. */
    @Override
    public String toString() {
        return (name.isEmpty() ? "" : name + ": ") + value + " (expected: " + expected + ")";
    }
}
