package io.tulle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchCommandTest extends AgainstFakeRegistry {
    @Test
    void watchSaysWhatChanges() {
        String line =
                "{\"type\": \"%s\", \"epoch\": \"e\", \"revision\": %d, \"services\": [{\"service\": \"shop/catalog\", %s}]}%n";
        registry.on(
                "GET /api/v1/watch?service=shop%2Fcatalog",
                200,
                line.formatted(
                                "snapshot",
                                17,
                                "\"resources\": ["
                                        + (ROUTE + "," + instance("catalog-1", "a1", 8081)).replace("\n", " ") + "]")
                        + line.formatted(
                                "change",
                                18,
                                "\"resources\": ["
                                        + ROUTE.replace("\n", " ").replace("\"weight\": 10", "\"weight\": 25") + "]")
                        + "{\"type\":\"progress\",\"epoch\":\"e\",\"revision\":18}\n"
                        + line.formatted(
                                "change",
                                19,
                                "\"removed\": [{\"kind\": \"Instance\", \"name\": \"catalog-1\", \"uid\": \"a1\", \"reason\": \"expired\"}]"));
        Ran ran = shop("watch", "catalog", "--count", "3");
        assertThat(ran.out().lines())
                .containsExactly(
                        "      17  shop/catalog  + route/catalog  version 17",
                        "      17  shop/catalog  + instance/catalog-1  127.0.0.1:8081 weight 100 active",
                        "      18  shop/catalog  ~ route/catalog  /spec/rules/0/destinations/1/weight: 10 -> 25",
                        "      19  shop/catalog  - instance/catalog-1  expired");
        assertThat(ran.code()).isZero();
        assertThat(shop("watch", "shop/catalog", "--count", "1", "-o", "json")
                        .out()
                        .lines())
                .hasSize(1)
                .allMatch(json -> json.startsWith("{\"type\": \"snapshot\""));
    }

    @Test
    void watchGoesOnAfterAnInterruptionAndSaysOnlyWhatIsDifferent() {
        String snapshot =
                "{\"type\": \"snapshot\", \"epoch\": \"e\", \"revision\": %d, \"services\": [{\"service\": \"shop/catalog\", \"resources\": [%s]}]}%n";
        String path = "GET /api/v1/watch?service=shop%2Fcatalog";
        String first = instance("catalog-1", "a1", 8081).replace("\n", " ");
        registry.on(path, 200, snapshot.formatted(17, ROUTE.replace("\n", " ") + "," + first))
                .on(path, 503, "{\"code\": \"not-ready\", \"detail\": \"loading\"}")
                .on(
                        path,
                        200,
                        snapshot.formatted(
                                19,
                                ROUTE.replace("\n", " ") + ","
                                        + instance("catalog-2", "b", 8082).replace("\n", " ")));
        Ran ran = shop("watch", "catalog", "--count", "2");
        assertThat(ran.out().lines().skip(2))
                .containsExactly(
                        "      19  shop/catalog  + instance/catalog-2  127.0.0.1:8082 weight 100 active",
                        "      19  shop/catalog  - instance/catalog-1  gone");
        assertThat(ran.err()).contains("the stream has ended; trying again");
    }

    @Test
    void watchFollowsEveryServiceOfTheNamespace() {
        registry.list(SHOP + "services?limit=500", CATALOG);
        registry.on(
                "GET /api/v1/watch?service=shop%2Fcatalog",
                429, "{\"code\": \"too-many-watchers\", \"detail\": \"full\"}");
        assertThat(shop("watch")).isEqualTo(new Ran(1, "", "full (429 too-many-watchers)\n"));
        registry.list("/api/v1/namespaces/none/services?limit=500");
        assertThat(shop("watch", "-n", "none").err())
                .isEqualTo("no services in namespace none (expected: one at least, or SERVICE)\n");
    }

    @Test
    void watchOfMoreThanARequestHoldsIsRefused() {
        String[] services = IntStream.range(0, 400)
                .mapToObj(i -> CATALOG.replace("\"catalog\"", "\"service-" + i + "\""))
                .toArray(String[]::new);
        registry.list(SHOP + "services?limit=500", services);
        Ran ran = shop("watch");
        assertThat(ran.err()).startsWith("400 services are too many for one watch (expected: SERVICE...)");
        assertThat(ran.code()).isEqualTo(2);
    }
}
