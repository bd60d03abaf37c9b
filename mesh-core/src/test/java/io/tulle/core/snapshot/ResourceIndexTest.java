package io.tulle.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.ResourceProblem;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceIndexTest {
    private static final Service CATALOG = Service.of(
            "shop",
            "catalog",
            new Service.Spec(
                    io.tulle.api.resource.Protocol.HTTP,
                    List.of(
                            new Service.Subset("v1", Map.of("version", "1")),
                            new Service.Subset("v2", Map.of("version", "2")))));
    private static final Service REVIEWS = Service.of("shop", "reviews", Service.Spec.DEFAULT);

    private static Route route(String name, String service, Route.Destination... destinations) {
        Route.Rule rule = Route.Rule.builder().destinations(destinations).build();
        return new Route(Metadata.of("shop", name), new Route.Spec(service, List.of(rule), Route.RetryBudget.DEFAULT));
    }

    private static TrafficPolicy policy(String name, String service) {
        return new TrafficPolicy(Metadata.of("shop", name), TrafficPolicy.Spec.defaults(service));
    }

    private static Instance instance(String name, String service, String uid, int port) {
        return new Instance(Metadata.of("shop", name), Instance.Spec.of(service, uid, "host", port));
    }

    private static List<String> problems(Resource... resources) {
        ContradictoryResourcesException contradiction =
                catchThrowableOfType(ContradictoryResourcesException.class, () -> ResourceIndex.of(List.of(resources)));
        return contradiction == null
                ? List.of()
                : contradiction.problems().stream()
                        .map(ResourceProblem::toString)
                        .toList();
    }

    @Test
    void whatFitsTogetherIsFoundByService() {
        Route route = route("r", "catalog", Route.Destination.subset("v1", 1), new Route.Destination("reviews", "", 1));
        TrafficPolicy policy = policy("p", "shop/catalog");
        Instance instance = instance("a", "catalog", "", 80);
        ResourceIndex index = ResourceIndex.of(List.of(route, policy, instance, REVIEWS, CATALOG));
        assertThat(index.services()).containsOnlyKeys("shop/reviews", "shop/catalog");
        assertThat(index.route("shop/catalog")).isSameAs(route);
        assertThat(index.policy("shop/catalog")).isSameAs(policy.spec());
        assertThat(index.instances("shop/catalog")).containsExactly(instance);
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        ResourceIndex index = ResourceIndex.of(List.of(REVIEWS));
        assertThat(index.route("shop/reviews")).isNull();
        assertThat(index.policy("shop/reviews")).isEqualTo(TrafficPolicy.Spec.defaults("shop/reviews"));
        assertThat(index.budget("shop/reviews")).isEqualTo(Route.RetryBudget.DEFAULT);
        assertThat(index.instances("shop/reviews")).isEmpty();
    }

    @Test
    void theBudgetIsTheRoutes() {
        Route.RetryBudget budget = new Route.RetryBudget(5, 0, Duration.ofSeconds(5));
        Route route = new Route(Metadata.of("shop", "r"), new Route.Spec("reviews", List.of(), budget));
        assertThat(ResourceIndex.of(List.of(REVIEWS, route)).budget("shop/reviews"))
                .isEqualTo(budget);
    }

    @Test
    void aNameUsedTwiceInAKindAndNamespace() {
        assertThat(problems(REVIEWS, REVIEWS))
                .containsExactly(
                        "Service shop/reviews /metadata/name: 'reviews' (expected: a name that no other Service of the namespace has)");
        assertThat(problems(REVIEWS, route("reviews", "reviews"), policy("reviews", "reviews")))
                .isEmpty();
        assertThat(problems(REVIEWS, Service.of("other", "reviews", Service.Spec.DEFAULT)))
                .isEmpty();
    }

    @Test
    void anUnknownServiceWithNearNames() {
        assertThat(problems(CATALOG, REVIEWS, instance("a", "catalgo", "", 80)))
                .containsExactly(
                        "Instance shop/a /spec/service: 'catalgo' (expected: a known service; did you mean shop/catalog?)");
        assertThat(problems(CATALOG, REVIEWS, route("r", "warehouse/pallets")))
                .containsExactly("Route shop/r /spec/service: 'warehouse/pallets' (expected: a known service)");
        assertThat(problems(REVIEWS, policy("p", "review")))
                .containsExactly(
                        "TrafficPolicy shop/p /spec/service: 'review' (expected: a known service; did you mean shop/reviews?)");
    }

    @Test
    void twoRoutesOrPoliciesForAService() {
        assertThat(problems(REVIEWS, route("one", "reviews"), route("two", "shop/reviews")))
                .containsExactly(
                        "Route shop/two /spec/service: 'shop/reviews' (expected: a service without another Route; Route shop/one is for it already)");
        assertThat(problems(REVIEWS, policy("one", "reviews"), policy("two", "reviews")))
                .containsExactly(
                        "TrafficPolicy shop/two /spec/service: 'reviews' (expected: a service without another TrafficPolicy; TrafficPolicy shop/one is for it already)");
    }

    @Test
    void anUnknownSubsetWithNearNames() {
        assertThat(problems(
                        CATALOG,
                        route("r", "catalog", Route.Destination.subset("v1", 1), Route.Destination.subset("v3", 1))))
                .containsExactly(
                        "Route shop/r /spec/rules/0/destinations/1/subset: 'v3' (expected: a subset of catalog; did you mean v1 or v2?)");
        assertThat(problems(CATALOG, REVIEWS, route("r", "catalog", new Route.Destination("reviews", "v1", 1))))
                .containsExactly(
                        "Route shop/r /spec/rules/0/destinations/0/subset: 'v1' (expected: a subset of reviews)");
    }

    @Test
    void anUnknownDestination() {
        assertThat(problems(CATALOG, route("r", "catalog", new Route.Destination("review", "v1", 1))))
                .containsExactly(
                        "Route shop/r /spec/rules/0/destinations/0/service: 'review' (expected: a known service)");
    }

    @Test
    void anIdentityUsedTwiceInAService() {
        assertThat(problems(REVIEWS, instance("a", "reviews", "u1", 80), instance("b", "reviews", "u1", 80)))
                .containsExactly(
                        "Instance shop/b /spec/uid: 'u1:80' (expected: a uid and port that no other instance has; Instance shop/a has it)");
        assertThat(problems(REVIEWS, instance("a", "reviews", "u1", 80), instance("b", "reviews", "u1", 81)))
                .isEmpty();
        assertThat(problems(REVIEWS, CATALOG, instance("a", "reviews", "u1", 80), instance("b", "catalog", "u1", 80)))
                .isEmpty();
        assertThat(problems(REVIEWS, instance("a", "reviews", "", 80), instance("b", "reviews", "a", 80)))
                .hasSize(1);
    }

    @Test
    void everythingIsReportedAtOnceAndInOrder() {
        List<String> all = problems(
                CATALOG,
                CATALOG,
                instance("a", "nowhere", "", 80),
                route("one", "catalog", Route.Destination.subset("v7", 1)),
                route("two", "catalog", Route.Destination.subset("v8", 1)),
                route("three", "nowhere", new Route.Destination("", "v9", 1), new Route.Destination("lost", "", 1)),
                instance("x", "catalog", "u", 1),
                instance("y", "catalog", "u", 1));
        assertThat(all)
                .map(line -> line.substring(0, line.indexOf(" (")))
                .containsExactly(
                        "Service shop/catalog /metadata/name: 'catalog'",
                        "Instance shop/a /spec/service: 'nowhere'",
                        "Route shop/two /spec/service: 'catalog'",
                        "Route shop/three /spec/service: 'nowhere'",
                        "Route shop/one /spec/rules/0/destinations/0/subset: 'v7'",
                        "Route shop/two /spec/rules/0/destinations/0/subset: 'v8'",
                        "Route shop/three /spec/rules/0/destinations/1/service: 'lost'",
                        "Instance shop/y /spec/uid: 'u:1'");
    }

    @Test
    void theExceptionsMessageHasEveryProblem() {
        assertThat(catchThrowableOfType(
                                ContradictoryResourcesException.class,
                                () -> ResourceIndex.of(List.of(REVIEWS, REVIEWS, policy("p", "x"))))
                        .getMessage())
                .contains("Service shop/reviews /metadata/name")
                .contains("; TrafficPolicy shop/p /spec/service");
    }
}
