package io.tulle.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.RequestHead;
import io.tulle.api.resource.Route.HeaderMatch;
import io.tulle.api.resource.Route.Match;
import io.tulle.api.resource.Route.PathMatch;
import io.tulle.api.resource.Route.Rule;
import io.tulle.core.fixture.TestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleIndexTest {
    private static final String[] SEGMENTS = {"a", "b", "ab", "Aa", "BB", ""}; // "Aa" and "BB" have the same hash

    private static Rule exact(String path) {
        return rule(new Match(new PathMatch(path, null), null, List.of()));
    }

    private static Rule prefix(String path) {
        return rule(new Match(new PathMatch(null, path), null, List.of()));
    }

    private static Rule rule(Match... matches) {
        return Rule.builder().matches(matches).build();
    }

    private static int first(RequestHead request, Rule... rules) {
        return new RuleIndex(List.of(rules)).first(request);
    }

    private static int first(String path, Rule... rules) {
        return first(TestRequest.get(path), rules);
    }

    @Test
    void theFirstOfTheRulesThatApplyWins() {
        assertThat(first("/a/b", prefix("/a/b"), prefix("/a"))).isZero();
        assertThat(first("/a/b", prefix("/a"), prefix("/a/b"), exact("/a/b"))).isZero();
        assertThat(first("/a/b", exact("/a"), prefix("/a/b/c"), exact("/a/b"), prefix("/")))
                .isEqualTo(2);
    }

    @Test
    void aRuleForEveryPathCompetesByItsPlace() {
        assertThat(first("/a", rule(), exact("/a"))).isZero();
        assertThat(first("/a", exact("/a"), rule())).isZero();
        assertThat(first("/b", exact("/a"), rule())).isEqualTo(1);
    }

    @Test
    void noRuleThatAppliesIsTheNumberOfRules() {
        assertThat(first("/c", exact("/a"), prefix("/b"))).isEqualTo(2);
        assertThat(first("/c")).isZero();
    }

    @Test
    void pathsWithEqualHashesAreToldApart() {
        assertThat("/Aa").hasSameHashCodeAs("/BB");
        assertThat(first("/BB", exact("/Aa"), exact("/BB"))).isEqualTo(1);
        assertThat(first("/BB/x", prefix("/Aa"), prefix("/BB"))).isEqualTo(1);
    }

    @Test
    void aRuleWithAMatchWithoutAPathIsFoundByItsOtherConditions() {
        Rule either = rule(
                new Match(new PathMatch("/a", null), null, List.of()),
                new Match(null, null, List.of(new HeaderMatch("x-beta", null))));

        assertThat(first(TestRequest.get("/z").with("x-beta", "1"), either)).isZero();
        assertThat(first("/a", either)).isZero();
        assertThat(first("/z", either)).isEqualTo(1);
    }

    @Test
    void methodAndHeadersStillDecide() {
        Rule posts = rule(new Match(new PathMatch(null, "/a"), "POST", List.of()));

        assertThat(first(TestRequest.get("/a/b"), posts, prefix("/a"))).isEqualTo(1);
        assertThat(first(TestRequest.post("/a/b"), posts, prefix("/a"))).isZero();
    }

    @Test
    void agreesWithTryingOneAfterTheOther() {
        Random random = new Random(3);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            List<Rule> rules = new ArrayList<>();
            for (int n = random.nextInt(12); n > 0; n--) {
                rules.add(randomRule(random));
            }
            RequestHead request = random.nextBoolean() ? TestRequest.get(path(random)) : TestRequest.post(path(random));
            int expected = oneAfterTheOther(rules, request);
            found += expected < rules.size() ? 1 : 0;

            assertThat(new RuleIndex(rules).first(request))
                    .as("%s among %s", request, rules)
                    .isEqualTo(expected);
        }
        assertThat(found).isBetween(5_000, 19_000);
    }

    private static int oneAfterTheOther(List<Rule> rules, RequestHead request) {
        for (int i = 0; i < rules.size(); i++) {
            if (new RuleMatcher(rules.get(i)).matches(request)) {
                return i;
            }
        }
        return rules.size();
    }

    private static Rule randomRule(Random random) {
        Match[] matches = new Match[random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(2)];
        for (int i = 0; i < matches.length; i++) {
            PathMatch path = switch (random.nextInt(9)) {
                case 0 -> null;
                case 1, 2, 3 -> new PathMatch(path(random), null);
                default -> new PathMatch(null, path(random));
            };
            matches[i] = new Match(path, random.nextInt(3) == 0 ? "POST" : null, List.of());
        }
        return rule(matches);
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder("/");
        for (int n = random.nextInt(4); n > 0; n--) {
            path.append(SEGMENTS[random.nextInt(SEGMENTS.length)]).append(n > 1 || random.nextInt(3) == 0 ? "/" : "");
        }
        return path.toString();
    }
}
