package io.tulle.examples.bookshop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.tulle.examples.bookshop.script.StatsClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackendTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final StatsClient stats = new StatsClient();
    private Backend backend;

    @BeforeEach
    void start() throws IOException {
        backend = Backend.start("catalog-v1-1", "catalog", 0, null);
    }

    @AfterEach
    void stop() {
        backend.stop();
        stats.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return at(backend.port(), path);
    }

    private static HttpRequest.Builder at(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    @Test
    void answersAboutABookAndCountsIt() throws Exception {
        assertThat(send(to("/books/7")).body()).isEqualTo("{\"from\":\"catalog-v1-1\",\"book\":\"7\"}");
        assertThat(stats.backend(backend.adminPort()).requests()).isEqualTo(1);
    }

    @Test
    void warmingUpIsNotCounted() throws Exception {
        backend.warmUp();

        assertThat(stats.backend(backend.adminPort()).requests()).isZero();
    }

    @Test
    void failsAtOnceWhileItIsTold() throws Exception {
        stats.fault(backend.adminPort(), Fault.FAIL);
        assertThat(send(to("/books/7")).statusCode()).isEqualTo(503);

        stats.fault(backend.adminPort(), Fault.NONE);
        assertThat(send(to("/books/7")).statusCode()).isEqualTo(200);
    }

    @Test
    void swallowsWhatItReadsAndStillTellsItsNumbers() {
        stats.fault(backend.adminPort(), Fault.SWALLOW);

        assertThatThrownBy(() -> send(to("/books/7").timeout(Duration.ofMillis(300))))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(stats.backend(backend.adminPort()).requests()).isEqualTo(1);
    }

    @Test
    void refusesAFaultThatItDoesNotKnow() throws Exception {
        HttpResponse<String> answer =
                send(at(backend.adminPort(), "/_fault").POST(HttpRequest.BodyPublishers.ofString("melt")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("fault: 'melt' (expected: none, fail, slow10x or swallow)");
    }

    @Test
    void ratingsAreTheSameOverGrpc() throws Exception {
        Backend ratings = Backend.start("ratings-1", "ratings", 0, null);
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", ratings.port())
                .usePlaintext()
                .build();
        try {
            ratings.warmUp();
            assertThat(rating(channel)).isEqualTo("{\"from\":\"ratings-1\",\"book\":\"7\"}");
            assertThat(stats.backend(ratings.adminPort()).requests()).isEqualTo(1);

            stats.fault(ratings.adminPort(), Fault.FAIL);
            assertThatThrownBy(() -> rating(channel)).hasMessage("UNAVAILABLE: ratings-1 is out of order");
        } finally {
            channel.shutdownNow();
            ratings.stop();
        }
    }

    private static String rating(ManagedChannel channel) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
        return ClientCalls.blockingUnaryCall(channel, Ratings.RATING, options, "7");
    }
}
