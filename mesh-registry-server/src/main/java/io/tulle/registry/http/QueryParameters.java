package io.tulle.registry.http;

import io.javalin.http.Context;
import io.tulle.api.resource.NearestNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query of a request, read strictly: what is not known is refused, because {@code ?dryrun=true} would write. Confined to one request. */
final class QueryParameters {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final Map<String, List<String>> values;

    private QueryParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Returns the query of a request.
     *
     * @param known the names that it may have, each once
     * @throws ProblemException 400
     */
    static QueryParameters of(Context context, Set<String> known) {
        Map<String, List<String>> values = context.queryParamMap();
        values.forEach((name, given) -> {
            if (!known.contains(name)) {
                List<String> near = name.length() > 30 ? List.of() : NearestNames.to(name, known);
                String expected = known.isEmpty()
                        ? "none"
                        : "one of " + String.join(", ", known.stream().sorted().toList());
                throw invalid(
                        name,
                        "unknown parameter (expected: " + expected
                                + (near.isEmpty() ? ")" : "; did you mean " + String.join(" or ", near) + "?)"));
            }
            if (given.size() > 1) {
                throw invalid(name, given.size() + " times (expected: once)");
            }
        });
        return new QueryParameters(values);
    }

    /** Returns a value as it is, or null. */
    @Nullable
    String text(String name) {
        List<String> given = values.get(name);
        return given == null ? null : given.get(0);
    }

    /** Returns whether a flag is set; {@code ?name} alone sets it. */
    boolean flag(String name) {
        String value = text(name);
        if (value == null || value.equals("false")) {
            return false;
        } else if (value.equals("true") || value.isEmpty()) {
            return true;
        }
        throw invalid(name, "'" + value + "' (expected: true or false)");
    }

    /** Returns a number, or {@code usual} when it is not given. */
    int number(String name, int least, int most, int usual) {
        String value = text(name);
        if (value == null) {
            return usual;
        }
        if (!NUMBER.matcher(value).matches() || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            throw invalid(name, "'" + value + "' (expected: " + least + ".." + most + ")");
        }
        return Integer.parseInt(value);
    }

    /** Returns the problem with a parameter. */
    static ProblemException invalid(String name, String detail) {
        return new ProblemException(
                400,
                "invalid-parameter",
                name + ": " + detail,
                List.of(new ProblemException.Field("query/" + name, detail)),
                Map.of());
    }
}
