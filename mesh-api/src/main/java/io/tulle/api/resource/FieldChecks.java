package io.tulle.api.resource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the fields of one record, so that its constructor reports all of it at once. Confined to that constructor. */
final class FieldChecks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LABEL_KEY =
            Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private final String record;
    private final List<InvalidField> invalid = new ArrayList<>();

    FieldChecks(String record) {
        this.record = record;
    }

    /** Adds a bad field when {@code ok} is false; an empty name means the record itself. */
    FieldChecks that(boolean ok, String name, @Nullable Object value, String expected) {
        if (!ok) {
            invalid.add(new InvalidField(
                    name.isEmpty() ? "" : "/" + name,
                    value instanceof Duration d ? Durations.format(d) : String.valueOf(value),
                    expected));
        }
        return this;
    }

    /** A DNS label (RFC 1123): lower-case letters, digits and '-', at most 63. */
    FieldChecks name(String field, String value) {
        return that(
                NAME.matcher(value).matches(),
                field,
                "'" + value + "'",
                "a name of lower-case letters, digits and '-', at most 63");
    }

    /** As {@link #name}, or empty. */
    FieldChecks optionalName(String field, String value) {
        return value.isEmpty() ? this : name(field, value);
    }

    /** A service reference: {@code name} or {@code namespace/name}. */
    FieldChecks serviceReference(String field, String value) {
        int slash = value.indexOf('/');
        boolean ok = slash < 0
                ? NAME.matcher(value).matches()
                : NAME.matcher(value.substring(0, slash)).matches()
                        && NAME.matcher(value.substring(slash + 1)).matches();
        return that(ok, field, "'" + value + "'", "a service as name or namespace/name");
    }

    FieldChecks range(String field, long value, long min, long max) {
        return that(value >= min && value <= max, field, value, min + ".." + max);
    }

    FieldChecks percent(String field, double value) {
        return that(value >= 0 && value <= 100, field, value, "a percentage, 0..100");
    }

    FieldChecks duration(String field, @Nullable Duration value, Duration min, Duration max) {
        boolean ok = value == null || value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
        return that(ok, field, value, Durations.format(min) + ".." + Durations.format(max));
    }

    FieldChecks labels(String field, Map<String, String> labels) {
        labels.forEach((key, value) -> {
            that(
                    LABEL_KEY.matcher(key).matches(),
                    field + "/" + key.replace("~", "~0").replace("/", "~1"),
                    "'" + key + "'",
                    "a label key as in Kubernetes");
            that(
                    LABEL_VALUE.matcher(value).matches(),
                    field + "/" + key.replace("~", "~0").replace("/", "~1"),
                    "'" + value + "'",
                    "a label value as in Kubernetes, at most 63");
        });
        return this;
    }

    <T> FieldChecks unique(String field, Collection<T> items, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (T item : items) {
            String key = name.apply(item);
            that(
                    key.isEmpty() || seen.add(key),
                    field + "/" + index + "/name",
                    "'" + key + "'",
                    "a name that no other of " + field + " has");
            index++;
        }
        return this;
    }

    /** Throws what was collected, if anything. */
    void done() {
        if (!invalid.isEmpty()) {
            throw new InvalidResourceException(record, invalid);
        }
    }
}
