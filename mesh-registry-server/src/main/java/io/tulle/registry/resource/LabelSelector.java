package io.tulle.registry.resource;

import io.tulle.api.resource.Metadata;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which labels a resource must have, in the syntax of Kubernetes: {@code a=b}, {@code a==b}, {@code a!=b}, {@code a in (b,c)}, {@code a notin (b,c)}, {@code a} and
 * {@code !a}, separated by commas; all must hold. As there, {@code !=} and {@code notin} hold for a resource without the label, too. Immutable.
 */
public final class LabelSelector {
    /** Selects everything. */
    public static final LabelSelector ALL = new LabelSelector(List.of());

    private static final String KEY = "((?:[A-Za-z0-9][-A-Za-z0-9.]{0,252}/)?[A-Za-z0-9][-A-Za-z0-9_.]{0,62})";
    private static final String VALUE = "([-A-Za-z0-9_.]{0,63})";
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + KEY);
    private static final Pattern EQUALS = Pattern.compile(KEY + "\\s*(==|=|!=)\\s*" + VALUE);
    private static final Pattern IN = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern TEXT = Pattern.compile(VALUE);
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))"); // one that is not in parentheses
    private static final int LONGEST = 4096;

    private final List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /**
     * What one label must be.
     *
     * @param wanted whether the value must be among {@code values}, or must not
     * @param values none: any value
     */
    private record Requirement(String key, boolean wanted, Set<String> values) {
        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return (value != null && (values.isEmpty() || values.contains(value))) == wanted;
        }
    }

    /**
     * Returns the selector that {@code text} is; empty selects everything.
     *
     * @throws IllegalArgumentException if it is none; the message says which part
     */
    public static LabelSelector parse(String text) {
        if (text.isBlank()) {
            return ALL;
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    text.length() + " characters (expected: a selector of at most " + LONGEST + ")");
        }
        return new LabelSelector(Arrays.stream(COMMA.split(text, -1))
                .map(String::strip)
                .map(LabelSelector::requirement)
                .toList());
    }

    /** Returns whether all requirements hold for the labels of {@code metadata}. */
    public boolean matches(Metadata metadata) {
        return requirements.stream().allMatch(requirement -> requirement.matches(metadata.labels()));
    }

    private static Requirement requirement(String text) {
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            return new Requirement(exists.group(2), exists.group(1).isEmpty(), Set.of());
        }
        Matcher equals = EQUALS.matcher(text);
        if (equals.matches()) {
            return new Requirement(equals.group(1), !equals.group(2).equals("!="), Set.of(equals.group(3)));
        }
        Matcher in = IN.matcher(text);
        if (in.matches()) {
            return new Requirement(in.group(1), in.group(2).equals("in"), values(in.group(3), text));
        }
        throw refused(text);
    }

    private static Set<String> values(String list, String text) {
        Set<String> values = new LinkedHashSet<>();
        Stream.of(list.split(",", -1)).map(String::strip).forEach(value -> {
            if (!TEXT.matcher(value).matches()) {
                throw refused(text);
            }
            values.add(value);
        });
        return values;
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "'" + text + "' (expected: key=value, key!=value, key in (a,b), key notin (a,b), key or !key)");
    }
}
