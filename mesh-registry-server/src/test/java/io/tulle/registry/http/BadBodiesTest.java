package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies that are refused: the name of each file in {@code bodies} begins with status and code. */
class BadBodiesTest {
    private static final Path FOLDER = Path.of("src/test/resources/bodies");
    private static final List<String> ONLY_WITH_A_PATH =
            List.of("two-documents", "another-kind", "another-name", "another-namespace", "default-namespace-said");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpShell shell;
    private static ResourceHost host;

    @BeforeAll
    static void start() {
        shell = ResourceHost.open();
        host = new ResourceHost(shell);
    }

    @AfterAll
    static void stop() {
        shell.close();
        host.close();
    }

    static Stream<String> bodies() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void changeNothing(String file) throws Exception {
        check(file, "PUT", "/api/v1/namespaces/shop/services/catalog");
        check(file, "PUT", "/api/v1/namespaces/shop/services/catalog?dryRun=true");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void changeNothingInAListEither(String file) throws Exception {
        if (ONLY_WITH_A_PATH.stream().noneMatch(file::contains) && !file.contains("invalid-resource.list")) {
            check(file, "POST", "/api/v1/apply");
        }
    }

    private static void check(String file, String method, String path) throws Exception {
        HttpResponse<String> response = CLIENT.send(
                HttpRequest.newBuilder(host.uri().resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", file.endsWith(".json") ? "application/json" : "application/yaml")
                        .method(method, BodyPublishers.ofFile(FOLDER.resolve(file)))
                        .build(),
                BodyHandlers.ofString());
        String[] expected = file.split("\\.", 3);

        assertThat(response.statusCode())
                .as("%s answered %s", path, response.body())
                .isEqualTo(Integer.parseInt(expected[0]));
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.get("code").asString()).isEqualTo(expected[1]);
        assertThat(problem.get("problems").size()).isPositive();
        assertThat(problem.get("detail").asString())
                .contains("expected: ")
                .doesNotContain("body.json", "body.yaml", "Feature", "\n");
        assertThat(response.body().length()).isLessThan(4000);
        assertThat(host.store.revision()).isZero();
    }

    @Test
    void aMegabyteOfAnythingIsAnsweredQuickly() throws Exception {
        URI target = host.uri().resolve("/api/v1/apply");
        for (String part : List.of("[", "{\"a\":", "\"a\",", "a: ", "- ", "&a ", "1,")) {
            for (String type : List.of("application/json", "application/yaml")) {
                HttpResponse<String> response = CLIENT.send(
                        HttpRequest.newBuilder(target)
                                .timeout(Duration.ofSeconds(10))
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(part.repeat(1_000_000 / part.length())))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(response.statusCode()).as("%s as %s", part, type).isIn(400, 422);
                assertThat(response.body().length()).isLessThan(4000);
            }
        }
    }
}
