package io.tulle.cli.registry;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.NearestNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names by which people call a kind: {@code routes}, {@code route} or {@code rt}, in any case. */
public final class KindName {
    private static final Map<Kind, String> SHORT = Map.of(
            Kind.SERVICE, "svc",
            Kind.ROUTE, "rt",
            Kind.TRAFFIC_POLICY, "tp",
            Kind.INSTANCE, "inst",
            Kind.INSTANCE_OVERRIDE, "io");

    private KindName() {}

    /** Returns the singular, which stands before names: {@code route/catalog}. */
    public static String singular(Kind kind) {
        return singularOf(kind.title());
    }

    /** Returns the singular of a kind that need not be known here. */
    public static String singularOf(String title) {
        return title.toLowerCase(Locale.ROOT);
    }

    /** Returns every name of a kind, the plural first. */
    public static List<String> all(Kind kind) {
        String shortName = SHORT.get(kind);
        return shortName == null
                ? List.of(kind.plural(), singular(kind))
                : List.of(kind.plural(), singular(kind), shortName);
    }

    /**
     * Returns the kind that {@code name} means.
     *
     * @throws IllegalArgumentException if there is none; its message names the known and the near ones
     */
    public static Kind parse(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Kind kind : Kind.values()) {
            if (all(kind).contains(lower)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("'" + name + "' (expected: a kind, one of " + known() + near(lower) + ")");
    }

    private static String known() {
        return Arrays.stream(Kind.values())
                .map(kind -> kind.plural() + (SHORT.containsKey(kind) ? " (" + SHORT.get(kind) + ")" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String near(String name) {
        List<String> names = Arrays.stream(Kind.values())
                .flatMap(kind -> Stream.of(kind.plural(), singular(kind)))
                .toList();
        List<String> near = NearestNames.to(name, names);
        return near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?";
    }
}
