package io.tulle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GetCommandTest extends AgainstFakeRegistry {
    @Test
    void getPrintsATableInThatNamespace() {
        registry.list(
                SHOP + "instances?limit=500", instance("catalog-1", "a1", 8081), instance("catalog-10", "b2", 8082));
        assertThat(shop("get", "inst").out().lines())
                .containsExactly(
                        "NAME        SERVICE  ADDRESS         WEIGHT  STATE   VERSION",
                        "catalog-1   catalog  127.0.0.1:8081  100     active  5",
                        "catalog-10  catalog  127.0.0.1:8082  100     active  5");
        assertThat(shop("get", "Instances", "-o", "wide").out())
                .contains("UID  VERSION  LABELS", "a1   5        version=v1");
        assertThat(shop("get", "instance", "-o", "name").out().lines())
                .containsExactly("instance/catalog-1", "instance/catalog-10");
    }

    @Test
    void getFollowsPagesAndSendsTheSelector() {
        String path = "GET /api/v1/services?labelSelector=tier+in+%28back%29&limit=500";
        registry.on(path, 200, "{\"items\": [" + CATALOG + "], \"continue\": \"a+b\"}");
        registry.list("/api/v1/services?labelSelector=tier+in+%28back%29&limit=500&continue=a%2Bb", CATALOG);
        Ran ran = shop("get", "services", "-A", "-l", "tier in (back)");
        assertThat(ran.out().lines())
                .containsExactly(
                        "NAMESPACE  NAME     PROTOCOL  SUBSETS  VERSION",
                        "shop       catalog  http      v1,v2    4",
                        "shop       catalog  http      v1,v2    4");
    }

    @Test
    void getOfOneIsThatResourceAndOfSeveralIsAList() {
        registry.on("GET " + SHOP + "services/catalog", 200, CATALOG);
        registry.on("GET " + SHOP + "routes/catalog", 200, ROUTE);
        assertThat(shop("get", "svc/catalog", "-o", "json").out())
                .startsWith("{\n")
                .contains("\"resourceVersion\" : \"4\"");
        assertThat(shop("get", "svc/catalog", "rt/catalog", "-o", "json").out())
                .startsWith("[")
                .contains("\"Route\"");
        assertThat(shop("get", "svc/catalog", "rt/catalog", "-o", "yaml").out())
                .startsWith("---\nkind: Service\nmetadata:\n  namespace: shop\n")
                .contains("---\nkind: Route");
        assertThat(shop("get", "svc/catalog", "rt/catalog").out())
                .contains("service/catalog  http", "route/catalog  catalog  1");
    }

    @Test
    void getOfNothingSaysWhereThereIsSomething() {
        registry.list("/api/v1/namespaces/default/services?limit=500").list("/api/v1/namespaces", "\"shop\"");
        Ran ran = Ran.of("get", "services", "--registry", registry.url());
        assertThat(ran)
                .isEqualTo(
                        new Ran(
                                0,
                                "",
                                "no services in namespace default (there are resources in shop: use -n or --all-namespaces)\n"));
    }

    @Test
    void describeShowsWhatConcernsTheService() {
        registry.on("GET " + SHOP + "services/catalog", 200, CATALOG)
                .list(SHOP + "services/catalog/history")
                .list(SHOP + "services?limit=500", CATALOG)
                .list(SHOP + "routes?limit=500", ROUTE)
                .list(SHOP + "trafficpolicies?limit=500")
                .list(SHOP + "instances?limit=500", instance("catalog-1", "a1", 8081))
                .list(SHOP + "instanceoverrides?limit=500")
                .list(
                        "/api/v1/clients",
                        "{\"service\": \"shop/web\", \"process\": \"p\", \"subscriptions\": [\"shop/catalog\"]}");
        assertThat(shop("describe", "svc", "catalog").out())
                .startsWith(
                        "kind     Service\nname     shop/catalog\nversion  4\nlabels   tier=back\n\nspec:\n  protocol: http\n")
                .contains(
                        "also about service shop/catalog\n",
                        "route/catalog  catalog",
                        "instance/catalog-1  catalog  127.0.0.1:8081")
                .contains("followed by\n", "shop/web")
                .doesNotContain("service/catalog ", "history");
    }

    @Test
    void clientsShowsWhatEachProcessHasInForce() {
        registry.list("/api/v1/clients", """
                {"session": "s1", "service": "shop/storefront", "process": "p1", "client": "tulle 0.1", "connected": true, "remote": "127.0.0.1:5000",
                 "subscriptions": ["shop/catalog"], "instances": ["storefront-1"], "appliedRevision": 25, "behind": ["shop/catalog"],
                 "rejected": [{"kind": "Route", "name": "shop/catalog", "resourceVersion": "26", "reason": "no\\nsuch subset"}],
                 "held": [{"service": "shop/catalog", "instance": "catalog-1", "uid": "u", "reason": "expired", "since": 1500}],
                 "staleMillis": 0, "renewedMillisAgo": 2500}""");
        assertThat(shop("clients").out().lines())
                .containsExactly(
                        "SERVICE          PROCESS  CONNECTED  APPLIED  BEHIND        REJECTED  HELD  STALE  RENEWED",
                        "shop/storefront  p1       yes        25       shop/catalog  1         1     0s     2s500ms ago",
                        "shop/storefront p1 rejects Route shop/catalog, version 26: no?such subset",
                        "shop/storefront p1 keeps shop/catalog instance catalog-1, gone for 1s500ms: expired");
        assertThat(shop("clients", "-o", "wide").out()).contains("tulle 0.1", "127.0.0.1:5000", "storefront-1");
        assertThat(shop("clients", "-o", "json").out()).startsWith("[").contains("\"appliedRevision\" : 25");
    }

    @Test
    void statusSaysHowTheRegistryIs() {
        registry.on(
                        "GET /api/v1/health",
                        200,
                        "{\"live\": true, \"ready\": true, \"revision\": 25, \"epoch\": \"5f\", \"readOnly\": false}")
                .list("/api/v1/namespaces", "\"shop\"")
                .list("/api/v1/clients");
        assertThat(shop("status").out()).contains("revision    25\n", "namespaces  shop\n", "clients     0\n");
    }

    @Test
    void explainReadsTheRegistryWhenThereIsNoFolder() {
        registry.list("/api/v1/services?limit=500", CATALOG.replace("\"protocol\"", "\"newer\": 1, \"protocol\""))
                .list("/api/v1/routes?limit=500", ROUTE)
                .list("/api/v1/trafficpolicies?limit=500")
                .list("/api/v1/instances?limit=500", instance("catalog-1", "a1", 8081))
                .list("/api/v1/instanceoverrides?limit=500");
        Ran ran = shop("explain", "--url", "http://catalog/");
        assertThat(ran.out())
                .contains("rule      'canary', number 1 of Route shop/catalog (version 17)")
                .contains("90.0 %  shop/catalog v1  catalog-1  127.0.0.1:8081");
    }

    @Test
    void whatTheRegistrySaysReachesNoTerminalRaw() {
        String evil =
                CATALOG.replace("\"back\"", "\"a\\u001b[2Jb\\u009bc\\u202ed\"").replace("v1,", "v1\\u0007,");
        registry.on("GET " + SHOP + "services/catalog", 200, evil);
        for (String format : new String[] {"table", "wide", "json", "yaml", "name"}) {
            assertThat(shop("get", "svc/catalog", "-o", format).out())
                    .doesNotMatch("(?s).*[\\p{Cntrl}\\p{Cf}&&[^\\n]].*");
        }
        assertThat(shop("get", "svc/catalog", "-o", "json").out()).contains("\\u001B[2Jb\\u009bc\\u202ed");
    }
}
