package io.tulle.testing.tck;

import static io.tulle.testing.tck.Traces.FAILS;
import static io.tulle.testing.tck.Traces.FIRST;
import static io.tulle.testing.tck.Traces.REFUSED;
import static io.tulle.testing.tck.Traces.SHOP;
import static io.tulle.testing.tck.Traces.ms;

import io.tulle.api.resource.Route;
import io.tulle.testing.Reply;
import io.tulle.testing.Resources;
import java.util.List;

/** Where calls go, and which responses are handed through. */
final class RoutingScenarios {
    private static final Reply OK = Reply.respond(200, ms(10), ms(5));
    private static final ScriptedCall GET = ScriptedCall.get(SHOP);

    private RoutingScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.named("rejectsAnUnknownService")
                        .call(ScriptedCall.get("shpo"), REFUSED)
                        .hears("callEnded UNKNOWN_SERVICE 0")
                        .build(),
                Scenario.named("rejectsAServiceWithoutInstances")
                        .resources(Resources.service(SHOP))
                        .call(GET, FAILS)
                        .hears("callEnded NO_ENDPOINTS 0")
                        .build(),
                Scenario.named("splitsByWeight")
                        .resources(subsets(Route.Rule.builder()
                                .destinations(Route.Destination.subset("v1", 70), Route.Destination.subset("v2", 30))
                                .build()))
                        .calls(20, GET)
                        .replies(OK)
                        .hears(
                                "callStarted default/shop v1",
                                "callStarted default/shop v2",
                                "callStarted default/shop v1")
                        .build(),
                Scenario.named("retryStaysInTheSubset")
                        .resources(subsets(Route.Rule.builder()
                                .destinations(Route.Destination.subset("v2", 1))
                                .build()))
                        .call(GET)
                        .replies("v1-a", OK)
                        .replies("v2-a", Reply.respond(503, ms(10), ms(5)), OK)
                        .hears("attemptStarted 1 v2-a", "attemptStarted 2 v2-a", "callEnded SUCCESS 200")
                        .build(),
                Scenario.named("routesByPathMethodAndHeader")
                        .resources(subsets(
                                Route.Rule.builder()
                                        .matches(new Route.Match(
                                                new Route.PathMatch(null, "/books"),
                                                "GET",
                                                List.of(new Route.HeaderMatch("x-canary", "yes"))))
                                        .destinations(Route.Destination.subset("v2", 1))
                                        .build(),
                                Route.Rule.builder()
                                        .name("rest")
                                        .destinations(Route.Destination.subset("v1", 1))
                                        .build()))
                        .call(GET.path("/books/7").header("x-canary", "yes"), FIRST)
                        .call(GET.path("/books/7"), FIRST)
                        .call(GET.path("/bookshelf").header("x-canary", "yes"), FIRST)
                        .replies(OK)
                        .hears("attemptStarted 1 v2-a", "attemptStarted 1 v1-a", "attemptStarted 1 v1-a")
                        .build(),
                Scenario.named("handsARedirectThrough")
                        .call(GET, FIRST)
                        .replies(Reply.respond(302, ms(10), ms(5)).withLocation("http://shop/elsewhere"))
                        .hears("callEnded SUCCESS 302")
                        .build(),
                Scenario.named("interimResponseIsNotAHead")
                        .call(GET, FIRST)
                        .replies(OK.withInterim())
                        .hears("callEnded SUCCESS 200")
                        .build());
    }

    private static Resources subsets(Route.Rule... rules) {
        Resources resources = Resources.service(SHOP).subset("v1", "v1-a").subset("v2", "v2-a");
        for (Route.Rule rule : rules) {
            resources.rule(rule);
        }
        return resources;
    }
}
