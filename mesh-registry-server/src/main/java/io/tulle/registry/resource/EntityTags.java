package io.tulle.registry.resource;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The versions that an {@code If-Match} or {@code If-None-Match} header names (RFC 9110, section 13.1): {@code *} or entity tags such as {@code "17"}.
 *
 * @param any whether every version is meant
 * @param versions which are meant
 */
public record EntityTags(boolean any, Set<String> versions) {
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([\\x21\\x23-\\x7e]{0,100})\"");
    private static final Pattern LIST = Pattern.compile(TAG + "(?:\\s*,\\s*" + TAG + "){0,50}");

    /** Copies. */
    public EntityTags {
        versions = Set.copyOf(versions);
    }

    /**
     * Returns the tags that a header names. The registry gives no weak tags, so that those, which proxies may make of ours, are taken as strong.
     *
     * @throws IllegalArgumentException if they cannot be read
     */
    public static EntityTags parse(String header) {
        String text = header.strip();
        if (text.equals("*")) {
            return new EntityTags(true, Set.of());
        }
        if (!LIST.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' (expected: * or a version in quotes, such as \"17\")");
        }
        Matcher tags = TAG.matcher(text);
        return new EntityTags(false, tags.results().map(tag -> tag.group(1)).collect(Collectors.toSet()));
    }

    /** Returns the tag of a version, as it stands in an {@code ETag} header. */
    public static String of(String version) {
        return "\"" + version + "\"";
    }

    /** Returns whether the version of {@code revision} is meant; 0, for what does not exist, never is. */
    boolean match(long revision) {
        return revision != 0 && (any || versions.contains(Long.toString(revision)));
    }

    @Override
    public String toString() {
        return any ? "*" : versions.stream().sorted().map(EntityTags::of).collect(Collectors.joining(", "));
    }
}
