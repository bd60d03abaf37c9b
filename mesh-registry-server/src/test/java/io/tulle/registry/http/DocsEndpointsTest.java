package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tulle.registry.contract.Answer;
import io.tulle.registry.contract.ContractClient;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocsEndpointsTest {
    private HttpShell shell;
    private ContractClient client;

    @BeforeEach
    void open() throws IOException {
        shell = HttpShell.open("127.0.0.1", 0, new SimpleMeterRegistry());
        shell.serve(new DocsEndpoints()::addTo);
        client = new ContractClient(URI.create("http://127.0.0.1:" + shell.port()));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void answersTheContract() {
        Answer answer = client.get("/api/openapi.json");

        assertThat(answer.at("/openapi")).isEqualTo("3.1.1");
        assertThat(answer.at("/components/schemas/Retry/properties/attempts/default"))
                .isEqualTo("3");
    }

    @Test
    void letsTheBrowserTakeNothingFromElsewhere() {
        Answer page = client.get("/api/docs");

        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self';");
        assertThat(page.body()).doesNotContain("://").contains("/api/docs/swagger-ui-bundle.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"swagger-ui.css", "swagger-ui-bundle.js", "start.js"})
    void hasEverythingThatThePageAsksFor(String file) {
        assertThat(client.get("/api/docs/" + file).body().length()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"swagger-ui.js", "index.html", "RegistryServer.class", "openapi.yaml"})
    void showsNothingElseOfTheClassPath(String file) {
        assertThat(client.get("/api/docs/" + file).status()).isEqualTo(404);
    }
}
