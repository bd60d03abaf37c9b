package io.tulle.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Default;
import io.tulle.api.resource.EnumText;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.InstanceOverride;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.client.wire.OpenSession;
import io.tulle.client.wire.Renewal;
import io.tulle.client.wire.Renewed;
import io.tulle.client.wire.SessionOpened;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.http.Health;
import io.tulle.registry.http.ProblemException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The schemas of the contract say what the records say: a field that is added to one and not to the other fails here. */
class ContractTest {
    private static final Map<String, Class<? extends Record>> RECORDS = Map.ofEntries(
            Map.entry("Metadata", Metadata.class),
            Map.entry("Service", Service.class),
            Map.entry("ServiceSpec", Service.Spec.class),
            Map.entry("Subset", Service.Subset.class),
            Map.entry("Route", Route.class),
            Map.entry("RouteSpec", Route.Spec.class),
            Map.entry("RouteRule", Route.Rule.class),
            Map.entry("RouteMatch", Route.Match.class),
            Map.entry("PathMatch", Route.PathMatch.class),
            Map.entry("HeaderMatch", Route.HeaderMatch.class),
            Map.entry("Destination", Route.Destination.class),
            Map.entry("Retry", Route.Retry.class),
            Map.entry("Hedge", Route.Hedge.class),
            Map.entry("RetryBudget", Route.RetryBudget.class),
            Map.entry("TrafficPolicy", TrafficPolicy.class),
            Map.entry("TrafficPolicySpec", TrafficPolicy.Spec.class),
            Map.entry("LoadBalancer", TrafficPolicy.LoadBalancer.class),
            Map.entry("OutlierDetection", TrafficPolicy.OutlierDetection.class),
            Map.entry("ServiceBreaker", TrafficPolicy.ServiceBreaker.class),
            Map.entry("ConcurrencyLimit", TrafficPolicy.ConcurrencyLimit.class),
            Map.entry("Inbound", TrafficPolicy.Inbound.class),
            Map.entry("Instance", Instance.class),
            Map.entry("InstanceSpec", Instance.Spec.class),
            Map.entry("InstanceOverride", InstanceOverride.class),
            Map.entry("InstanceOverrideSpec", InstanceOverride.Spec.class),
            Map.entry("OpenSession", OpenSession.class),
            Map.entry("SessionOpened", SessionOpened.class),
            Map.entry("Renewal", Renewal.class),
            Map.entry("Rejected", Renewal.Rejected.class),
            Map.entry("Held", Renewal.Held.class),
            Map.entry("Renewed", Renewed.class),
            Map.entry("WatchLine", WatchLine.class),
            Map.entry("ServiceUpdate", WatchLine.ServiceUpdate.class),
            Map.entry("Removal", WatchLine.Removed.class),
            Map.entry("Unsupported", WatchLine.Unsupported.class),
            Map.entry("Health", Health.class),
            Map.entry("ProblemField", ProblemException.Field.class));

    static Stream<String> schemas() {
        return RECORDS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void hasTheFieldsOfTheRecord(String name) {
        List<String> fields =
                new ArrayList<>(Contract.get().schema(name).get("properties").propertyNames());
        fields.remove("kind".equals(fields.get(0)) && isResource(name) ? "kind" : "");

        assertThat(fields)
                .containsExactlyElementsOf(
                        components(name).map(RecordComponent::getName).toList());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void requiresWhatHasNoDefault(String name) {
        JsonNode required = Contract.get().schema(name).path("required");
        components(name)
                .filter(component -> component.getAnnotation(Default.class) != null)
                .forEach(component -> assertThat(required.valueStream().map(JsonNode::stringValue))
                        .as("%s.%s has a default", name, component.getName())
                        .doesNotContain(component.getName()));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void hasTheDefaultsOfTheRecord(String name) {
        JsonNode properties = Contract.get().schema(name).get("properties");
        components(name).forEach(component -> {
            JsonNode stated = properties.get(component.getName()).get("default");
            Default known = component.getAnnotation(Default.class);
            if (stated != null) {
                assertThat(known)
                        .as("%s.%s has a default", name, component.getName())
                        .isNotNull();
                assertThat(text(stated)).as("%s.%s", name, component.getName()).isEqualTo(known.value());
            } else if (known != null) {
                assertThat(known.value())
                        .as("default of %s.%s", name, component.getName())
                        .isIn("{}", "");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void hasTheValuesOfEnumerations(String name) {
        JsonNode properties = Contract.get().schema(name).get("properties");
        components(name).filter(component -> component.getType().isEnum()).forEach(component -> {
            JsonNode property = properties.get(component.getName());
            JsonNode reference = property.get("$ref");
            JsonNode values = (reference == null
                            ? property
                            : Contract.get().schema(reference.stringValue().replaceFirst(".*/", "")))
                    .get("enum");
            assertThat(values.valueStream().map(JsonNode::stringValue))
                    .containsExactlyElementsOf(Arrays.stream(component.getType().getEnumConstants())
                            .map(constant -> EnumText.of((Enum<?>) constant))
                            .toList());
        });
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void saysWhichFieldsAreTimes(String name) {
        JsonNode properties = Contract.get().schema(name).get("properties");
        components(name)
                .forEach(component -> assertThat(properties
                                .get(component.getName())
                                .path("$ref")
                                .asString("")
                                .endsWith("/Duration"))
                        .as("%s.%s is a duration", name, component.getName())
                        .isEqualTo(component.getType() == Duration.class));
    }

    @Test
    void seesWhatIsWrong() {
        Contract contract = Contract.get();

        assertThat(contract.problems("GET", "/api/v1/health/live", 200, "application/json", "{\"live\":true}"))
                .isEmpty();
        assertThat(contract.problems("GET", "/api/v1/health/live", 200, "application/json", "{\"live\":false}"))
                .isNotEmpty();
        assertThat(contract.problems("GET", "/api/v1/health/live", 204, "application/json", "{\"live\":true}"))
                .isNotEmpty();
        assertThat(contract.problems("GET", "/api/v1/health/live", 200, "text/plain", "{\"live\":true}"))
                .isNotEmpty();
        assertThat(contract.problems("GET", "/api/v1/health/live", 500, "application/problem+json", "{}"))
                .isNotEmpty();
        assertThat(contract.problems("GET", "/nowhere", 200, "application/json", "{}"))
                .isNotEmpty();
        assertThat(contract.requestProblems("PUT", "/api/v1/namespaces/a/services/b", "{\"kind\":\"Route\"}"))
                .isNotEmpty();
        assertThat(
                        contract.problems(
                                "Route",
                                "{\"kind\":\"Route\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"service\":\"a\",\"rules\":[{\"timeout\":\"soon\"}]}}"))
                .singleElement()
                .asString()
                .contains("/spec/rules/0/timeout");
    }

    private static Stream<RecordComponent> components(String name) {
        return Arrays.stream(RECORDS.get(name).getRecordComponents());
    }

    private static boolean isResource(String name) {
        return io.tulle.api.resource.Resource.class.isAssignableFrom(RECORDS.get(name));
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString().replace(",", ", ");
    }
}
