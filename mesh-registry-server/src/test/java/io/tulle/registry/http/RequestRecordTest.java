package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RequestRecordTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.tulle.registry.requests");
    private HttpShell shell;

    @BeforeEach
    void open() throws IOException {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        shell = HttpShell.open("127.0.0.1", 0, meters);
        shell.serve(config -> {
            config.routes.get("/things/{name}", context -> context.result("x"));
            config.routes.put(
                    "/things/{name}", context -> context.header("ETag", "\"7\"").result("x"));
            config.routes.post("/api/v1/sessions/{session}", context -> context.result("x"));
            config.routes.get("/fails", context -> {
                throw new ProblemException(409, "conflict", "no");
            });
            config.routes.get(
                    "/lines",
                    context -> context.contentType("application/x-ndjson").result("{}\n"));
        });
    }

    @AfterEach
    void close() {
        shell.close();
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void countsByRouteNotByPath() throws IOException {
        get("/things/a");
        get("/things/b");
        get("/fails");

        awaitCount(2, "GET", "/things/{name}", "200");
        awaitCount(1, "GET", "/fails", "409");
    }

    @Test
    void countsWhatNeverReachesARoute() throws IOException {
        get("/nowhere");
        get("/things/..");
        RawRequest.send(shell.port(), "BREW /things/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        RawRequest.send(shell.port(), "nonsense\r\n\r\n");

        awaitCount(1, "GET", "none", "404");
        awaitCount(1, "GET", "none", "400");
        awaitCount(1, "other", "none", "405");
        assertThat(meters.find("tulle.registry.requests").timers()).hasSizeLessThan(6);
    }

    @Test
    void leavesStreamsOutOfTheTimes() throws IOException {
        get("/lines");
        get("/things/a");

        awaitCount(1, "GET", "/things/{name}", "200");
        assertThat(meters.find("tulle.registry.requests").timers()).hasSize(1);
    }

    @Test
    void logsWhatWrites() throws IOException {
        get("/things/a");
        send("POST", "/api/v1/sessions/s1");
        send("PUT", "/things/a");

        await().until(() -> !log.list.isEmpty());
        assertThat(List.copyOf(log.list)).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.INFO);
            assertThat(event.getKeyValuePairs())
                    .extracting(pair -> pair.key + "=" + pair.value)
                    .contains("method=PUT", "path=/things/a", "status=200", "version=7");
        });
    }

    private void awaitCount(long expected, String method, String route, String status) {
        await().untilAsserted(() -> assertThat(meters.find("tulle.registry.requests")
                        .tags("method", method, "route", route, "status", status)
                        .timers())
                .singleElement()
                .satisfies(timer -> assertThat(timer.count()).isEqualTo(expected)));
    }

    private void get(String path) throws IOException {
        RawRequest.get(shell.port(), path);
    }

    private void send(String method, String path) throws IOException {
        RawRequest.send(
                shell.port(),
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
}
