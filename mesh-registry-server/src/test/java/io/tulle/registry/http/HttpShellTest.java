package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpShellTest {
    private HttpShell shell;

    @BeforeEach
    void open() throws IOException {
        shell = HttpShell.open("127.0.0.1", 0, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void isNotReadyBeforeItServes() throws IOException {
        assertThat(RawRequest.get(shell.port(), "/api/v1/services"))
                .startsWith("HTTP/1.1 503 ")
                .contains("Content-Type: application/problem+json", "\"code\":\"not-ready\"");
        assertThat(RawRequest.get(shell.port(), "/api/v1/health/ready")).startsWith("HTTP/1.1 503 ");
        assertThat(RawRequest.get(shell.port(), "/api/v1/health/live")).startsWith("HTTP/1.1 200 ");
        assertThat(RawRequest.get(shell.port(), "/api/v1/health"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"ready\":false");
    }

    @Test
    void servesOnceTheEndpointsAreThere() throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.get(shell.port(), "/echo/a1"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("a1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/echo/a%2Fb",
                "/echo/%2e%2e",
                "/echo/..",
                "/echo/../x",
                "/echo/./x",
                "/echo/a%00",
                "/echo/a\\b",
                "//echo/a",
                "/echo//a",
                "/echo/a;b=c",
                "/echo/%61",
                "/echo/a%5cb",
                "/echo/a%zz",
                "/echo/",
                "/echo/%c0%af",
                "*",
                "echo/a"
            })
    void refusesPathsThatAreMoreThanNames(String path) throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.get(shell.port(), path))
                .startsWith("HTTP/1.1 400 ")
                .contains("Content-Type: application/problem+json", "\"code\":\"invalid-path\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:7070",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "10.0.0.1",
                "[::2]:7070"
            })
    void refusesForeignHosts(String host) throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.get(shell.port(), "/echo/a", "Host: " + host))
                .startsWith("HTTP/1.1 421 ")
                .contains("\"code\":\"unknown-host\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:7070",
                "127.0.0.1:7070",
                "127.0.0.2",
                "[::1]:7070",
                "registry.localhost:1"
            })
    void acceptsTheNamesOfThisMachine(String host) throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.get(shell.port(), "/echo/a", "Host: " + host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example:80", "file://"})
    void refusesPagesOfForeignSites(String origin) throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.get(shell.port(), "/echo/a", "Origin: " + origin))
                .startsWith("HTTP/1.1 421 ")
                .contains("Origin names another machine");
        assertThat(RawRequest.get(shell.port(), "/echo/a", "Origin: http://localhost:7070"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void refusesTooManyHeadersAndTooLongPaths() throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.get(shell.port(), "/echo/a", "X-Long: " + "x".repeat(17_000)))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"code\":\"headers-too-large\"");
        assertThat(RawRequest.get(shell.port(), "/echo/" + "x".repeat(17_000)))
                .startsWith("HTTP/1.1 414 ")
                .contains("\"code\":\"path-too-long\"");
    }

    @Test
    void refusesLargeBodies() throws IOException {
        shell.serve(HttpShellTest::routes);
        int size = 1024 * 1024 + 1;

        assertThat(post("Content-Length: " + size, "")) // at once, without waiting for it
                .startsWith("HTTP/1.1 413 ")
                .contains("\"code\":\"body-too-large\"");
        assertThat(post(
                        "Transfer-Encoding: chunked",
                        Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("\"code\":\"body-too-large\"");
        assertThat(post("Content-Length: " + (size - 1), "x".repeat(size - 1)))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("" + (size - 1));
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.get(shell.port(), "/nothing"))
                .startsWith("HTTP/1.1 404 ")
                .contains("Content-Type: application/problem+json", "\"code\":\"not-found\"");
        assertThat(request("DELETE /echo/a"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET", "\"code\":\"method-not-allowed\"");
        assertThat(request("BREW /echo/a")).startsWith("HTTP/1.1 405 ").contains("Allow: GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /echo/a\u0000b HTTP/1.1\r\n\r\n",
                "GET /echo/a\r\n\r\n",
                "GET /echo/a HTTP/9.9\r\n\r\n",
                "GET /echo/a HTTP/1.1\r\nBad Header\r\n\r\n",
                "GET /echo/a HTTP/1.1\r\nBa\u0000d: x\r\n\r\n",
                "GET /echo/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"
            })
    void refusesWhatIsNotHttp(String text) throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.send(shell.port(), text)).contains("application/problem+json", "\"code\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fails", "/fails-badly", "/fails-later"})
    void namesTheRecordOfAnUnexpectedFailure(String path) throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.get(shell.port(), path))
                .startsWith("HTTP/1.1 500 ")
                .contains("\"code\":\"internal-error\"")
                .doesNotContain("secret");
    }

    @Test
    void answersProblemsOfEndpoints() throws IOException {
        shell.serve(HttpShellTest::routes);

        assertThat(RawRequest.get(shell.port(), "/conflicts"))
                .startsWith("HTTP/1.1 409 ")
                .contains("Retry-After: 1", "\"code\":\"conflict\"", "\"pointer\":\"/spec\"");
    }

    private String post(String header, String body) throws IOException {
        return RawRequest.send(
                shell.port(),
                "POST /size HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n" + body);
    }

    private String request(String methodAndPath) throws IOException {
        return RawRequest.send(
                shell.port(), methodAndPath + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private static void routes(JavalinConfig config) {
        config.routes.get("/echo/{name}", context -> context.result(context.pathParam("name")));
        config.routes.post("/size", context -> context.result("" + context.bodyAsBytes().length));
        config.routes.get("/fails", context -> {
            throw new IllegalStateException("secret");
        });
        config.routes.get("/fails-badly", context -> {
            throw new AssertionError("secret");
        });
        config.routes.get(
                "/fails-later",
                context -> context.future(() -> CompletableFuture.failedFuture(new IllegalStateException("secret"))));
        config.routes.get("/conflicts", context -> {
            throw new ProblemException(
                    409,
                    "conflict",
                    "no",
                    java.util.List.of(new ProblemException.Field("/spec", "bad")),
                    java.util.Map.of("Retry-After", "1"));
        });
    }
}
