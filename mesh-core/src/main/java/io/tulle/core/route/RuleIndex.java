package io.tulle.core.route;

import io.tulle.api.call.RequestHead;
import io.tulle.api.resource.Route.Match;
import io.tulle.api.resource.Route.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the first of a route's rules that applies without trying them all. Immutable; finding allocates nothing.
 *
 * <p>A rule that asks for a path is filed under the hash of that path. A request's path is hashed once from left to right; wherever a segment ends, what
 * is filed under the hash so far is tried. The hash only proposes: {@link RuleMatcher} decides, so hashes that collide cost time and nothing else.
 */
public final class RuleIndex {
    private static final int[] NONE = {};

    private final RuleMatcher[] matchers;
    private final int[] anyPath;
    private final int[][] byHash;
    private final int longest;

    /** Compiles {@code rules}, whose order is their precedence. */
    public RuleIndex(List<Rule> rules) {
        matchers = rules.stream().map(RuleMatcher::new).toArray(RuleMatcher[]::new);
        int matches = rules.stream().mapToInt(rule -> rule.matches().size()).sum();
        byHash = new int[Integer.highestOneBit(matches + 1) * 4][];
        Arrays.fill(byHash, NONE);
        List<Integer> unfiled = new ArrayList<>();
        int longestSoFar = 0;
        for (int i = 0; i < matchers.length; i++) {
            for (String path : paths(rules.get(i))) {
                longestSoFar = Math.max(longestSoFar, path.length());
                file(i, path);
            }
            if (paths(rules.get(i)).isEmpty()) {
                unfiled.add(i);
            }
        }
        longest = longestSoFar;
        anyPath = unfiled.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the paths of which a request must have one, or begin with one; none when the rule can apply to every path. */
    private static List<String> paths(Rule rule) {
        List<String> paths = new ArrayList<>();
        for (Match match : rule.matches()) {
            String path = RuleMatcher.path(match);
            if (path.isEmpty()) {
                return List.of();
            }
            paths.add(path);
        }
        return paths;
    }

    private void file(int rule, String path) {
        int slot = slot(path.hashCode());
        int[] filed = byHash[slot];
        if (filed.length == 0 || filed[filed.length - 1] != rule) {
            byHash[slot] = Arrays.copyOf(filed, filed.length + 1);
            byHash[slot][filed.length] = rule;
        }
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & byHash.length - 1;
    }

    /** Returns the number of the first rule that {@code request} falls under, or the number of rules when it falls under none. */
    public int first(RequestHead request) {
        int best = first(anyPath, request, matchers.length);
        if (longest == 0) {
            return best; // no rule asks for a path, which is not always at hand
        }
        String path = request.path();
        int end = Math.min(path.length(), longest);
        int hash = 0; // that of String
        for (int i = 0; i < end; i++) {
            char next = path.charAt(i);
            if (next == '/') {
                best = first(byHash[slot(hash)], request, best);
            }
            hash = 31 * hash + next;
        }
        boolean segmentEnds = end == path.length() || path.charAt(end) == '/';
        return segmentEnds ? first(byHash[slot(hash)], request, best) : best;
    }

    private int first(int[] rules, RequestHead request, int otherwise) {
        for (int rule : rules) {
            if (rule >= otherwise) {
                return otherwise;
            }
            if (matchers[rule].matches(request)) {
                return rule;
            }
        }
        return otherwise;
    }
}
