package io.tulle.client.registry;

import static io.tulle.client.registry.Samples.instance;
import static io.tulle.client.registry.Samples.route;
import static io.tulle.client.registry.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.source.ResourceSource.Sink;
import io.tulle.core.call.MeshEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EnforcementTest {
    private final MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("shop", () -> 0, () -> 0));
    private final List<String> complaints = new ArrayList<>();
    private RuntimeException failure;
    private int accepted;

    private final Enforcement enforcement = new Enforcement(new Sink() {
        @Override
        public void accept(List<Resource> resources) {
            accepted++;
            if (failure != null) {
                throw failure;
            }
            engine.accept(resources);
        }

        @Override
        public void rejected(String reason) {
            complaints.add(reason);
        }
    });
    private final Map<String, ServiceBelief> beliefs = new TreeMap<>();

    @Test
    void putsInForceWhatIsBelieved() {
        believe("catalog", service("catalog"), instance("catalog", "catalog-1"));
        enforce();
        assertThat(titles()).containsExactly("Instance shop/catalog-1", "Service shop/catalog");
        assertThat(engine.snapshot().byHost("catalog").endpoints()).hasSize(1);
        int before = accepted;
        enforce();
        assertThat(accepted).as("nothing new").isEqualTo(before);
    }

    @Test
    void aResourceThatDoesNotFitKeepsItsVersionAndHoldsBackNothing() {
        Route good = route("catalog", new Route.Destination("", "v1", 1));
        believe("catalog", service("catalog", "v1"), good);
        enforce();
        believe(
                "catalog",
                service("catalog", "v1"),
                route("catalog", new Route.Destination("", "v9", 1)),
                instance("catalog", "catalog-1"));
        enforce();
        assertThat(enforcement.inForce())
                .containsEntry("Route shop/catalog", good)
                .containsKey("Instance shop/catalog-1");
        assertThat(enforcement.rejections()).containsOnlyKeys("Route shop/catalog");
        assertThat(complaints)
                .singleElement()
                .asString()
                .contains("Route shop/catalog: ")
                .contains("v9");
    }

    @Test
    void theSameRejectionIsToldOnce() {
        believe("catalog", service("catalog"), route("catalog", new Route.Destination("", "v9", 1)));
        enforce();
        believe(
                "catalog",
                service("catalog"),
                route("catalog", new Route.Destination("", "v9", 1)),
                instance("catalog", "catalog-1"));
        enforce();
        assertThat(complaints).hasSize(1);
        assertThat(titles()).containsExactly("Instance shop/catalog-1", "Service shop/catalog");
    }

    @Test
    void whenTheNamedResourceIsNotNewTheServiceItselfGivesWayFirst() {
        Route good = route("catalog", new Route.Destination("", "v1", 1));
        believe("catalog", service("catalog", "v1"), good);
        enforce();
        believe("catalog", service("catalog"), good, instance("catalog", "catalog-1"));
        enforce();
        assertThat(enforcement.inForce())
                .containsEntry("Service shop/catalog", service("catalog", "v1"))
                .containsEntry("Route shop/catalog", good)
                .containsKey("Instance shop/catalog-1");
        assertThat(enforcement.rejections()).containsOnlyKeys("Service shop/catalog");
    }

    @Test
    void aServiceThatAnotherOnesRouteNeedsStays() {
        believe("catalog", service("catalog"), route("catalog", new Route.Destination("reviews", "", 1)));
        believe("reviews", service("reviews"), instance("reviews", "reviews-1"));
        enforce();
        believe("reviews");
        enforce();
        assertThat(enforcement.inForce()).containsKeys("Service shop/reviews", "Route shop/catalog");
        assertThat(enforcement.rejections()).containsKey("Service shop/reviews");
        believe("catalog", service("catalog"));
        enforce();
        assertThat(titles()).containsExactly("Service shop/catalog");
        assertThat(enforcement.rejections()).isEmpty();
    }

    @Test
    void aRouteWaitsForItsDestinationsAndTheOldOneStays() {
        Route old = route("catalog");
        believe("catalog", service("catalog"), old);
        enforce();
        Route next = route("catalog", new Route.Destination("reviews", "", 1));
        believe("catalog", service("catalog"), next, instance("catalog", "catalog-1"));
        assertThat(enforcement.enforce(beliefs.values())).containsExactly("shop/reviews");
        assertThat(enforcement.inForce())
                .containsEntry("Route shop/catalog", old)
                .containsKey("Instance shop/catalog-1");
        believe("reviews", service("reviews"));
        assertThat(enforcement.enforce(beliefs.values())).isEmpty();
        assertThat(enforcement.inForce()).containsEntry("Route shop/catalog", next);
        assertThat(enforcement.rejections()).isEmpty();
    }

    @Test
    void aColdStartLeavesOutWhatDoesNotFit() {
        believe(
                "catalog",
                service("catalog"),
                instance("catalog", "catalog-1", "same"),
                instance("catalog", "catalog-2", "same"));
        believe("reviews", instance("reviews", "reviews-1"));
        enforce();
        assertThat(titles()).contains("Service shop/catalog").doesNotContain("Instance shop/reviews-1");
        assertThat(engine.snapshot().byHost("catalog").endpoints()).hasSize(1);
    }

    @Test
    void anEngineThatFailsKeepsTheLastGoodSet() {
        believe("catalog", service("catalog"), instance("catalog", "catalog-1"));
        enforce();
        failure = new IllegalStateException("a bug");
        believe("catalog", service("catalog"), instance("catalog", "catalog-1"), instance("catalog", "catalog-2"));
        enforce();
        assertThat(titles()).hasSize(2);
        assertThat(complaints).singleElement().asString().contains("a bug");
        failure = null;
        enforce();
        assertThat(titles()).hasSize(3);
    }

    private void enforce() {
        enforcement.enforce(beliefs.values());
    }

    private List<String> titles() {
        return enforcement.inForce().keySet().stream().sorted().toList();
    }

    private void believe(String service, Resource... resources) {
        ServiceBelief belief = new ServiceBelief("shop/" + service);
        belief.restore(List.of(resources));
        beliefs.put(belief.service(), belief);
    }
}
