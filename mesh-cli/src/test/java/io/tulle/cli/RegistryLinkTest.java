package io.tulle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryLinkTest extends AgainstFakeRegistry {
    @Test
    void flagsWinOverTheEnvironment() {
        registry.on("GET /api/v1/namespaces/other/services/catalog", 200, CATALOG);
        Map<String, String> environment = Map.of("MESH_REGISTRY", "http://127.0.0.1:1", "MESH_NAMESPACE", "shop");
        Ran ran = Ran.with(
                environment, "", "get", "svc", "catalog", "--registry", registry.url(), "-n", "other", "-o", "name");
        assertThat(ran).isEqualTo(new Ran(0, "service/catalog\n", ""));
    }

    @Test
    void whatIsNotFoundIsExitCodeOne() {
        registry.on(
                "GET " + SHOP + "instances/catalog-9",
                404,
                "{\"code\": \"not-found\", \"detail\": \"no instance catalog-9; did you mean catalog-1?\"}");
        assertThat(shop("get", "instance", "catalog-9"))
                .isEqualTo(new Ran(1, "", "no instance catalog-9; did you mean catalog-1? (404 not-found)\n"));
    }

    @Test
    void wrongUseIsExitCodeTwoAndAsksNobody() {
        assertThat(shop("get", "rout").err())
                .startsWith("'rout' (expected: a kind, one of services (svc), ")
                .contains("did you mean route?");
        assertThat(shop("get", "route", "../x").code()).isEqualTo(2);
        assertThat(shop("get", "route", "Catalog").err())
                .startsWith("route: 'Catalog' (expected: lower-case letters, digits and '-')");
        assertThat(shop("get", "route,svc", "a").code()).isEqualTo(2);
        assertThat(shop("get", "route", "a", "-A").err()).startsWith("--all-namespaces: does not go with names");
        assertThat(shop("get").err()).startsWith("Missing required parameter: 'KIND [NAME...]'");
        assertThat(shop("get", "route", "-n", "a/b").err()).startsWith("--namespace: 'a/b' (expected: ");
        assertThat(shop("delete").err()).startsWith("expected: either KIND NAME or --filename");
        assertThat(shop("delete", "route").err()).startsWith("'route' (expected: KIND NAME or KIND/NAME)");
        assertThat(shop("history", "route/a", "route/b").code()).isEqualTo(2);
        assertThat(shop("registry", "--data", "x").err())
                .startsWith("registry: not part of this program (expected: the launcher, ./mesh registry --data x)");
        for (String url : new String[] {"localhost:7070", "ftp://a", "http://a b", "http://a/?x=1", "http:"}) {
            Ran ran = Ran.of("get", "svc", "--registry", url);
            assertThat(ran.err())
                    .startsWith("--registry: '" + url + "'")
                    .contains("(expected: a URL such as http://127.0.0.1:7070)");
            assertThat(ran.code()).isEqualTo(2);
        }
        assertThat(registry.asked()).isEmpty();
    }

    @Test
    void anUnreachableRegistryIsExitCodeTwoAndSaysWhatToDo() {
        registry.close();
        assertThat(shop("get", "services"))
                .isEqualTo(new Ran(
                        2,
                        "",
                        registry.url()
                                + ": no registry can be reached there; start one with ./mesh registry, or name another"
                                + " with --registry URL or MESH_REGISTRY\n"));
    }

    @Test
    void whatIsNoRegistryIsSaidToBeNone() {
        registry.on("GET " + SHOP + "services?limit=500", 200, "<html>")
                .on("GET " + SHOP + "routes?limit=500", 404, "{}");
        assertThat(shop("get", "services").err())
                .contains("answers 200 with something else than JSON: this is no registry");
        assertThat(shop("get", "routes").err()).contains("answers 404 without saying why: this is no registry");
        assertThat(shop("get", "routes").code()).isEqualTo(2);
    }

    @Test
    void aRegistryThatCannotServeIsExitCodeTwo() {
        registry.on(
                "POST " + "/api/v1/apply",
                503,
                "{\"code\": \"read-only\", \"detail\": \"the disk is full: free some space\"}");
        Ran ran = Ran.with(Map.of("MESH_REGISTRY", registry.url()), ROUTE_FILE, "apply", "-f", "-");
        assertThat(ran)
                .isEqualTo(new Ran(2, "", registry.url() + ": the disk is full: free some space (503 read-only)\n"));
    }

    @Test
    void completionKnowsEveryCommandAndKind() {
        assertThat(Ran.of("completion", "bash").out())
                .startsWith("#!/usr/bin/env bash")
                .contains("trafficpolicies", "drain", "--dry-run");
        assertThat(Ran.of("completion", "zsh").code()).isZero();
        assertThat(Ran.of("completion", "fish").code()).isEqualTo(2);
    }
}
