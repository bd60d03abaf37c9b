package io.tulle.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Route.HeaderMatch;
import io.tulle.api.resource.Route.Match;
import io.tulle.api.resource.Route.PathMatch;
import io.tulle.api.resource.Route.Rule;
import io.tulle.core.fixture.TestRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleMatcherTest {
    private static RuleMatcher matcher(Match... matches) {
        return new RuleMatcher(Rule.builder().matches(matches).build());
    }

    private static RuleMatcher headers(HeaderMatch... headers) {
        return matcher(new Match(null, null, List.of(headers)));
    }

    @Test
    void aRuleWithoutMatchesAppliesToEverything() {
        assertThat(matcher().matches(TestRequest.get("/anything"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a, true",
        "/a, /a/, true",
        "/a, /a/b, true",
        "/a, /ab, false",
        "/a, /b, false",
        "/a, /, false",
        "/a/, /a, true",
        "/a/, /a/, true",
        "/a/, /a/b/c, true",
        "/a/, /ab, false",
        "/, /, true",
        "/, /x, true",
        "/, /x/y, true",
        "/a/b, /a/b, true",
        "/a/b, /a, false",
        "/a/b, /a/bc, false",
        "/A, /a, false"
    })
    void aPrefixMatchesWholeSegments(String prefix, String path, boolean expected) {
        assertThat(matcher(new Match(new PathMatch(null, prefix), null, List.of()))
                        .matches(TestRequest.get(path)))
                .isEqualTo(expected);
    }

    @Test
    void theRootPrefixMatchesAnEmptyPath() {
        assertThat(matcher(new Match(new PathMatch(null, "/"), null, List.of())).matches(TestRequest.get("")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/a, true", "/a/, false", "/a/b, false", "/A, false", "/, false"})
    void anExactPathMatchesOnlyItself(String path, boolean expected) {
        assertThat(matcher(new Match(new PathMatch("/a", null), null, List.of()))
                        .matches(TestRequest.get(path)))
                .isEqualTo(expected);
    }

    @Test
    void theMethodMustBeTheSame() {
        RuleMatcher matcher = matcher(new Match(null, "POST", List.of()));
        assertThat(matcher.matches(TestRequest.post("/"))).isTrue();
        assertThat(matcher.matches(TestRequest.get("/"))).isFalse();
    }

    @Test
    void aHeaderNameMatchesInAnyCase() {
        RuleMatcher matcher = headers(new HeaderMatch("X-Canary", "on"));
        assertThat(matcher.matches(TestRequest.get("/").with("x-cAnaRy", "on"))).isTrue();
        assertThat(matcher.matches(TestRequest.get("/").with("X-Canary", "ON"))).isFalse();
        assertThat(matcher.matches(TestRequest.get("/").with("X-Canary2", "on")))
                .isFalse();
        assertThat(matcher.matches(TestRequest.get("/"))).isFalse();
    }

    @Test
    void anyValueOfARepeatedHeaderMayMatch() {
        RuleMatcher matcher = headers(new HeaderMatch("X-Canary", "on"));
        assertThat(matcher.matches(TestRequest.get("/")
                        .with("X-Canary", "off")
                        .with("Other", "on")
                        .with("X-Canary", "on")))
                .isTrue();
        assertThat(matcher.matches(TestRequest.get("/").with("X-Canary", "off").with("Other", "on")))
                .isFalse();
    }

    @Test
    void aHeaderWithoutValueMatchesAnyValue() {
        RuleMatcher matcher = headers(new HeaderMatch("x-debug", null));
        assertThat(matcher.matches(TestRequest.get("/").with("X-Debug", ""))).isTrue();
        assertThat(matcher.matches(TestRequest.get("/").with("X-Other", "x"))).isFalse();
    }

    @Test
    void allHeadersMustHold() {
        RuleMatcher matcher = headers(new HeaderMatch("a", "1"), new HeaderMatch("b", "2"));
        assertThat(matcher.matches(TestRequest.get("/").with("a", "1"))).isFalse();
        assertThat(matcher.matches(TestRequest.get("/").with("b", "2"))).isFalse();
        assertThat(matcher.matches(TestRequest.get("/").with("b", "2").with("a", "1")))
                .isTrue();
    }

    @Test
    void allPartsOfAMatchMustHold() {
        RuleMatcher matcher =
                matcher(new Match(new PathMatch(null, "/a"), "POST", List.of(new HeaderMatch("h", null))));
        assertThat(matcher.matches(TestRequest.post("/a").with("h", "1"))).isTrue();
        assertThat(matcher.matches(TestRequest.get("/a").with("h", "1"))).isFalse();
        assertThat(matcher.matches(TestRequest.post("/b").with("h", "1"))).isFalse();
        assertThat(matcher.matches(TestRequest.post("/a"))).isFalse();
    }

    @Test
    void oneOfSeveralMatchesIsEnough() {
        RuleMatcher matcher =
                matcher(new Match(new PathMatch("/a", null), null, List.of()), new Match(null, "POST", List.of()));
        assertThat(matcher.matches(TestRequest.get("/a"))).isTrue();
        assertThat(matcher.matches(TestRequest.post("/b"))).isTrue();
        assertThat(matcher.matches(TestRequest.get("/b"))).isFalse();
    }
}
