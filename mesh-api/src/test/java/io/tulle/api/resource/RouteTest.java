package io.tulle.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.resource.Route.Destination;
import io.tulle.api.resource.Route.HeaderMatch;
import io.tulle.api.resource.Route.Hedge;
import io.tulle.api.resource.Route.Match;
import io.tulle.api.resource.Route.PathMatch;
import io.tulle.api.resource.Route.Retry;
import io.tulle.api.resource.Route.RetryBudget;
import io.tulle.api.resource.Route.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    @Test
    void aRuleThatSaysNothingTakesEveryCallToTheWholeService() {
        assertThat(Rule.DEFAULT)
                .isEqualTo(new Rule("", List.of(), List.of(), Duration.ofSeconds(15), Retry.DEFAULT, null, null));
        assertThat(Rule.builder().build()).isEqualTo(Rule.DEFAULT);
    }

    @Test
    void aBuilderSetsEveryPartOfARule() {
        Match match = new Match(new PathMatch("/a", null), "GET", List.of(new HeaderMatch("x", "1")));
        Rule rule = Rule.builder()
                .name("r")
                .matches(match)
                .destinations(Destination.subset("v1", 2))
                .timeout(Duration.ofSeconds(1))
                .retry(Retry.DEFAULT)
                .idempotent(true)
                .hedge(Hedge.after(Duration.ofMillis(70)))
                .build();
        assertThat(rule)
                .isEqualTo(new Rule(
                        "r",
                        List.of(match),
                        List.of(new Destination("", "v1", 2)),
                        Duration.ofSeconds(1),
                        Retry.DEFAULT,
                        true,
                        new Hedge(Duration.ofMillis(70), 2)));
    }

    @Test
    void defaultsOfRetry() {
        assertThat(Retry.DEFAULT)
                .isEqualTo(new Retry(
                        3, Duration.ZERO, List.of(500, 502, 503, 504), Duration.ofMillis(25), Duration.ofMillis(250)));
        assertThat(Retry.builder().build()).isEqualTo(Retry.DEFAULT);
        assertThat(Retry.NEVER.attempts()).isEqualTo(1);
    }

    @Test
    void aBuilderSetsEveryPartOfRetry() {
        assertThat(Retry.builder()
                        .attempts(5)
                        .attemptTimeout(Duration.ofMillis(3))
                        .statuses(418)
                        .backoff(Duration.ofMillis(1), Duration.ofMillis(2))
                        .build())
                .isEqualTo(
                        new Retry(5, Duration.ofMillis(3), List.of(418), Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    @Test
    void aRuleHedgesOnlyWhenItSaysSo() {
        assertThat(Rule.DEFAULT.hedge()).isNull();
        assertThat(Hedge.DEFAULT).isEqualTo(new Hedge(Duration.ofMillis(50), 2));
    }

    @Test
    void badHedges() {
        assertThat(Refusals.of(() -> new Hedge(Duration.ofMillis(-1), 1)))
                .containsExactly("/delay: -1ms (expected: 0s..1h)", "/attempts: 1 (expected: 2..5)");
        assertThat(Refusals.of(() -> new Hedge(Duration.ofMinutes(61), 6))).hasSize(2);
        assertThat(Refusals.of(() -> new Hedge(Duration.ZERO, 5))).isEmpty();
        assertThat(Refusals.of(() -> new Hedge(Duration.ofHours(1), 2))).isEmpty();
    }

    @Test
    void aHedgeThatCouldNeverBeSentIsRefused() {
        Retry retry = Retry.builder()
                .attempts(2)
                .attemptTimeout(Duration.ofMillis(50))
                .build();
        assertThat(Refusals.of(() -> Rule.builder()
                        .retry(retry)
                        .hedge(new Hedge(Duration.ofMillis(50), 3))
                        .build()))
                .containsExactly(
                        "/hedge/attempts: 3 (expected: at most retry.attempts (2), which bounds all attempts of a call)",
                        "/hedge/delay: 50ms (expected: less than retry.attemptTimeout (50ms), after which the attempt is not waited for)");
        assertThat(Refusals.of(() -> Rule.builder()
                        .retry(retry)
                        .hedge(new Hedge(Duration.ofMillis(49), 2))
                        .build()))
                .isEmpty();
    }

    @Test
    void defaultsOfTheBudgetAndOfADestination() {
        assertThat(RetryBudget.DEFAULT).isEqualTo(new RetryBudget(10, 1, Duration.ofSeconds(10)));
        assertThat(Defaults.of(Destination.class)).isEqualTo(new Destination("", "", 1));
        assertThat(Destination.subset("v1", 7)).isEqualTo(new Destination("", "v1", 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 11})
    void attemptsOutOfRange(int attempts) {
        assertThat(Refusals.of(() -> Retry.builder().attempts(attempts).build()))
                .containsExactly("/attempts: " + attempts + " (expected: 1..10)");
    }

    @Test
    void theEdgesOfRetryAreValid() {
        assertThat(Refusals.of(() -> new Retry(1, Duration.ZERO, List.of(400, 599), Duration.ZERO, Duration.ZERO)))
                .isEmpty();
        assertThat(Refusals.of(() ->
                        new Retry(10, Duration.ofHours(1), List.of(), Duration.ofMinutes(1), Duration.ofMinutes(5))))
                .isEmpty();
    }

    @Test
    void everyBadFieldOfRetryIsNamedAtOnce() {
        assertThat(Refusals.of(() -> new Retry(
                        0,
                        Duration.ofHours(1).plusMillis(1),
                        List.of(503, 399, 600),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(6))))
                .containsExactly(
                        "/attempts: 0 (expected: 1..10)",
                        "/attemptTimeout: 1h1ms (expected: 0s..1h)",
                        "/statuses: [503, 399, 600] (expected: statuses from 400 to 599)",
                        "/backoffBase: 2m (expected: 0s..1m)",
                        "/backoffMax: 6m (expected: 2m..5m)");
        assertThat(Refusals.of(() -> Retry.builder().statuses(600).build())).hasSize(1);
        assertThat(Refusals.of(() -> Retry.builder().statuses(399).build())).hasSize(1);
    }

    @Test
    void theLongestBackOffIsNotShorterThanTheFirst() {
        assertThat(Refusals.of(() -> Retry.builder()
                        .backoff(Duration.ofMillis(300), Duration.ofMillis(299))
                        .build()))
                .containsExactly("/backoffMax: 299ms (expected: 300ms..5m)");
    }

    @Test
    void aNegativeDurationIsNamedAsItIs() {
        assertThat(Refusals.of(() ->
                        Retry.builder().attemptTimeout(Duration.ofMillis(-5)).build()))
                .containsExactly("/attemptTimeout: -5ms (expected: 0s..1h)");
    }

    @Test
    void badBudgets() {
        assertThat(Refusals.of(() -> new RetryBudget(101, 1001, Duration.ofMillis(999))))
                .containsExactly(
                        "/percent: 101.0 (expected: a percentage, 0..100)",
                        "/minPerSecond: 1001.0 (expected: 0..1000)",
                        "/window: 999ms (expected: 1s..1m)");
        assertThat(Refusals.of(() -> new RetryBudget(-1, -1, Duration.ofMinutes(2))))
                .hasSize(3);
        assertThat(Refusals.of(() -> new RetryBudget(Double.NaN, Double.NaN, Duration.ofSeconds(1))))
                .hasSize(2);
        assertThat(Refusals.of(() -> new RetryBudget(0, 0, Duration.ofSeconds(1))))
                .isEmpty();
        assertThat(Refusals.of(() -> new RetryBudget(100, 1000, Duration.ofMinutes(1))))
                .isEmpty();
    }

    @Test
    void badRules() {
        assertThat(Refusals.of(() -> Rule.builder()
                        .name("No Name")
                        .timeout(Duration.ofHours(25))
                        .destinations(Destination.subset("v1", 0), Destination.subset("v2", 0))
                        .build()))
                .containsExactly(
                        "/name: 'No Name' (expected: a name of lower-case letters, digits and '-', at most 63)",
                        "/timeout: 25h (expected: 0s..24h)",
                        "/destinations: weights add up to 0 (expected: at least one weight above 0)");
        assertThat(Refusals.of(() -> Rule.builder()
                        .timeout(Duration.ofHours(24))
                        .destinations(Destination.subset("v1", 0), Destination.subset("v2", 1))
                        .build()))
                .isEmpty();
    }

    @Test
    void badDestinations() {
        assertThat(Refusals.of(() -> new Destination("A/b", "Sub", -1)))
                .containsExactly(
                        "/service: 'A/b' (expected: a service as name or namespace/name)",
                        "/subset: 'Sub' (expected: a name of lower-case letters, digits and '-', at most 63)",
                        "/weight: -1 (expected: 0..1000000)");
        assertThat(Refusals.of(() -> new Destination("", "", 1_000_001))).hasSize(1);
        assertThat(Refusals.of(() -> new Destination("ns/a", "s", 1_000_000))).isEmpty();
    }

    @Test
    void aPathMatchIsExactlyOneOfTheTwo() {
        assertThat(Refusals.of(() -> new PathMatch(null, null)))
                .containsExactly("neither (expected: exactly one of exact and prefix)");
        assertThat(Refusals.of(() -> new PathMatch("/a", "/b")))
                .containsExactly("both (expected: exactly one of exact and prefix)");
        assertThat(Refusals.of(() -> new PathMatch("/a", null))).isEmpty();
        assertThat(Refusals.of(() -> new PathMatch(null, "/"))).isEmpty();
    }

    @Test
    void aPathStartsWithASlash() {
        assertThat(Refusals.of(() -> new PathMatch("a", null)))
                .containsExactly("/exact: 'a' (expected: a path that starts with /)");
        assertThat(Refusals.of(() -> new PathMatch(null, "")))
                .containsExactly("/prefix: '' (expected: a path that starts with /)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "", "G ET", "ABCDEFGHIJKLMNOPQRSTU"})
    void aMethodIsInUpperCase(String method) {
        assertThat(Refusals.of(() -> new Match(null, method, List.of())))
                .containsExactly("/method: '" + method + "' (expected: an HTTP method in upper case)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "ä", "a\n"})
    void aHeaderNameIsAToken(String name) {
        assertThat(Refusals.of(() -> new HeaderMatch(name, null)))
                .containsExactly("/name: '" + name + "' (expected: a header name (RFC 9110))");
    }

    @Test
    void badSpecs() {
        Rule named = Rule.builder().name("same").build();
        assertThat(Refusals.of(() -> new Route.Spec(
                        "a/b/c", List.of(named, Rule.DEFAULT, Rule.DEFAULT, named), RetryBudget.DEFAULT)))
                .containsExactly(
                        "/service: 'a/b/c' (expected: a service as name or namespace/name)",
                        "/rules/3/name: 'same' (expected: a name that no other of rules has)");
        assertThat(Refusals.of(() -> new Route.Spec("a", Collections.nCopies(1001, Rule.DEFAULT), RetryBudget.DEFAULT)))
                .containsExactly("/rules: 1001 (expected: 0..1000)");
    }

    @Test
    void whatItHoldsCannotBeChanged() {
        List<Rule> rules = new ArrayList<>(List.of(Rule.DEFAULT));
        Route.Spec spec = new Route.Spec("a", rules, RetryBudget.DEFAULT);
        rules.clear();
        assertThat(spec.rules()).hasSize(1);
        assertThatThrownBy(() -> spec.rules().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(new Route(Metadata.of("n", "r"), spec).kind()).isEqualTo(Kind.ROUTE);
    }
}
