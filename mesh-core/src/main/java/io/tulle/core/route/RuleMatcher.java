package io.tulle.core.route;

import io.tulle.api.call.RequestHead;
import io.tulle.api.resource.Route.HeaderMatch;
import io.tulle.api.resource.Route.Match;
import io.tulle.api.resource.Route.PathMatch;
import io.tulle.api.resource.Route.Rule;
import org.jspecify.annotations.Nullable;

/** Decides whether a request falls under a rule. Immutable; matching allocates nothing. */
public final class RuleMatcher {
    private final Condition[] anyOf;

    /** Compiles the matches of a rule. */
    public RuleMatcher(Rule rule) {
        anyOf = rule.matches().stream().map(Condition::of).toArray(Condition[]::new);
    }

    /** Returns whether the rule applies. */
    public boolean matches(RequestHead request) {
        if (anyOf.length == 0) {
            return true;
        }
        for (Condition condition : anyOf) {
            if (condition.holds(request)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the exact path that {@code match} asks for, or its prefix as it is compared; empty when every path will do. */
    static String path(Match match) {
        PathMatch path = match.path();
        String exact = path == null ? null : path.exact();
        String prefix = path == null ? null : path.prefix();
        if (prefix == null) {
            return exact == null ? "" : exact;
        }
        // "/a/" and "/a" name the same segments, "/" names none
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    private record Condition(
            @Nullable String exact,
            @Nullable String prefix,
            @Nullable String method,
            HeaderMatch[] headers) {
        static Condition of(Match match) {
            PathMatch path = match.path();
            return new Condition(
                    path == null ? null : path.exact(),
                    path == null || path.prefix() == null ? null : path(match),
                    match.method(),
                    match.headers().toArray(new HeaderMatch[0]));
        }

        boolean holds(RequestHead request) {
            if (exact != null && !exact.equals(request.path())) {
                return false;
            }
            if (prefix != null && !inSegments(request.path(), prefix)) {
                return false;
            }
            if (method != null && !method.equals(request.method())) {
                return false;
            }
            for (HeaderMatch header : headers) {
                if (!holds(header, request)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean inSegments(String path, String prefix) {
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }

        private static boolean holds(HeaderMatch header, RequestHead request) {
            String exact = header.exact();
            for (int i = 0, count = request.headerCount(); i < count; i++) {
                if (header.name().equalsIgnoreCase(request.headerName(i))
                        && (exact == null || exact.equals(request.headerValue(i)))) {
                    return true;
                }
            }
            return false;
        }
    }
}
