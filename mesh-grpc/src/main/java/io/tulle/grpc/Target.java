package io.tulle.grpc;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service as a target names it: {@code mesh:///service} or {@code mesh:///namespace/service}.
 *
 * @param host the service as in a URL: {@code service} or {@code service.namespace}
 */
record Target(String host) {
    static final String SCHEME = "mesh";
    private static final Pattern REFERENCE = Pattern.compile("(?:([a-z0-9-]+)/)?([a-z0-9-]+)");

    /** Reads {@code service} or {@code namespace/service}. */
    static Target of(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + reference
                    + "' (expected: a service as name or namespace/name, of lower-case letters, digits and '-')");
        }
        return new Target(matcher.group(1) == null ? matcher.group(2) : matcher.group(2) + "." + matcher.group(1));
    }

    /** Reads a target. */
    static Target of(URI target) {
        String path = target.getPath();
        boolean authority =
                target.getRawAuthority() != null && !target.getRawAuthority().isEmpty();
        boolean more = target.getRawQuery() != null || target.getRawFragment() != null;
        if (authority || more || path == null || !path.startsWith("/")) {
            throw new IllegalArgumentException(
                    target
                            + " (expected: mesh:///service or mesh:///namespace/service, with three slashes and nothing after it)");
        }
        return of(path.substring(1));
    }
}
