package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.MeshHeaders;
import io.tulle.testing.ManualClock;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FollowUpsTest {
    private final MockWebServer catalog = new MockWebServer();
    private final MockWebServer reviews = new MockWebServer();
    private final TestMesh mesh = new TestMesh();

    @BeforeEach
    void start() throws IOException {
        catalog.start();
        reviews.start();
        mesh.catalogAt(catalog.getPort()).reviewsAt(reviews.getPort());
    }

    @AfterEach
    void stop() {
        mesh.close();
        catalog.close();
        reviews.close();
    }

    private Call call(String url, Duration deadline) {
        return mesh.call(new Request.Builder()
                .url(url)
                .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(deadline))
                .build());
    }

    @Test
    void anAuthenticatorThatThrowsLeavesNoLoad() {
        catalog.enqueue(unread(401));
        mesh.client(new OkHttpClient.Builder()
                .authenticator((route, response) -> {
                    throw new IOException("no token");
                })
                .build());

        assertThatThrownBy(() -> mesh.get("http://catalog/").execute())
                .isInstanceOf(IOException.class)
                .hasMessage("no token");

        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void anAuthenticatorThatThrowsAfterARedirectLeavesNoLoad() {
        catalog.enqueue(redirect(302, "http://reviews/7"));
        reviews.enqueue(unread(401));
        mesh.client(new OkHttpClient.Builder()
                .authenticator((route, response) -> {
                    throw new IllegalStateException("no token");
                })
                .build());

        assertThatThrownBy(() -> mesh.get("http://catalog/").execute())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no token");

        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void aCookieJarThatThrowsLeavesNoLoad() {
        catalog.enqueue(unread(200));
        mesh.client(new OkHttpClient.Builder().cookieJar(new FullJar()).build());

        assertThatThrownBy(() -> mesh.get("http://catalog/").execute())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("full");

        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void followsARedirectToAnotherServiceThroughRouting() throws Exception {
        catalog.enqueue(redirect(302, "http://reviews/7"));
        reviews.enqueue(new MockResponse.Builder().body("good").build());

        Request request = new Request.Builder()
                .url("http://catalog/7")
                .header("Authorization", "secret")
                .build();
        try (Response response = mesh.call(request).execute()) {
            assertThat(response.body().string()).isEqualTo("good");
            assertThat(response.request().url()).hasToString("http://reviews/7");
            assertThat(response.priorResponse()).isNotNull();
            assertThat(response.priorResponse().code()).isEqualTo(302);
        }

        RecordedRequest second = reviews.takeRequest();
        assertThat(second.getHeaders().get("Host")).isEqualTo("reviews");
        assertThat(second.getHeaders().get("Authorization")).isNull();
        assertThat(catalog.takeRequest().getHeaders().get("Authorization")).isEqualTo("secret");
        assertThat(catalog.getRequestCount()).isEqualTo(1);
        assertThat(mesh.verdicts).containsExactly("SUCCESS", "SUCCESS");
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void keepsAuthorizationWithinAService() throws Exception {
        catalog.enqueue(redirect(302, "/8"));
        catalog.enqueue(new MockResponse.Builder().build());

        mesh.call(new Request.Builder()
                        .url("http://catalog/7")
                        .header("Authorization", "secret")
                        .build())
                .execute()
                .close();

        catalog.takeRequest();
        RecordedRequest second = catalog.takeRequest();
        assertThat(second.getTarget()).isEqualTo("/8");
        assertThat(second.getHeaders().get("Authorization")).isEqualTo("secret");
    }

    @Test
    void makesAGetOfAPostExceptAfter307() throws Exception {
        catalog.enqueue(redirect(303, "/a"));
        catalog.enqueue(new MockResponse.Builder().build());
        catalog.enqueue(redirect(307, "/b"));
        catalog.enqueue(new MockResponse.Builder().build());
        Request post = new Request.Builder()
                .url("http://catalog/")
                .post(RequestBody.create("text", MediaType.get("text/plain")))
                .build();

        mesh.call(post).execute().close();
        mesh.call(post).execute().close();

        catalog.takeRequest();
        assertThat(catalog.takeRequest().getMethod()).isEqualTo("GET");
        catalog.takeRequest();
        RecordedRequest kept = catalog.takeRequest();
        assertThat(kept.getMethod()).isEqualTo("POST");
        assertThat(kept.getBody().utf8()).isEqualTo("text");
    }

    @Test
    void followsNothingWhenTheClientDoesNot() throws Exception {
        mesh.client(new OkHttpClient.Builder().followRedirects(false).build());
        catalog.enqueue(redirect(302, "http://reviews/7"));

        try (Response response = mesh.get("http://catalog/7").execute()) {
            assertThat(response.code()).isEqualTo(302);
        }

        assertThat(reviews.getRequestCount()).isZero();
    }

    @Test
    void followsOutOfTheMesh() throws Exception {
        catalog.enqueue(redirect(302, reviews.url("/page").toString()));
        reviews.enqueue(redirect(302, "http://catalog/back"));
        catalog.enqueue(new MockResponse.Builder().body("back").build());

        try (Response response = mesh.get("http://catalog/7").execute()) {
            assertThat(response.body().string()).isEqualTo("back");
        }
    }

    @Test
    void takesAlongNothingThatTheMeshHasAddedToTheAttemptBefore() throws Exception {
        List<Request> challenged = new ArrayList<>();
        mesh.client(new OkHttpClient.Builder()
                .authenticator((route, response) -> {
                    challenged.add(response.request());
                    return response.request()
                            .newBuilder()
                            .url(reviews.url("/outside"))
                            .build();
                })
                .build());
        catalog.enqueue(redirect(302, "/8"));
        catalog.enqueue(new MockResponse.Builder().code(401).build());
        reviews.enqueue(new MockResponse.Builder().build());

        call("http://catalog/7", Duration.ofMinutes(10)).execute().close();

        long first = Long.parseLong(catalog.takeRequest().getHeaders().get(MeshHeaders.TIMEOUT_MS));
        long second = Long.parseLong(catalog.takeRequest().getHeaders().get(MeshHeaders.TIMEOUT_MS));
        assertThat(second).isLessThanOrEqualTo(first);
        assertThat(challenged)
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).isEmpty());
        RecordedRequest outside = reviews.takeRequest();
        assertThat(outside.getHeaders().get(MeshHeaders.TIMEOUT_MS)).isNull();
    }

    @Test
    void saysOfARetriedRedirectThatItIsAFirstAttempt() throws Exception {
        catalog.enqueue(new MockResponse.Builder().code(503).build());
        catalog.enqueue(redirect(302, "/8"));
        catalog.enqueue(new MockResponse.Builder().build());

        mesh.get("http://catalog/7").execute().close();

        assertThat(catalog.takeRequest().getHeaders().get(MeshHeaders.ATTEMPT)).isNull();
        assertThat(catalog.takeRequest().getHeaders().get(MeshHeaders.ATTEMPT)).isEqualTo("2");
        assertThat(catalog.takeRequest().getHeaders().get(MeshHeaders.ATTEMPT)).isNull();
    }

    @Test
    void givesUpAfterTwentyFollowUps() {
        for (int i = 0; i < 21; i++) {
            catalog.enqueue(redirect(302, "/" + i));
        }

        assertThatThrownBy(() -> mesh.get("http://catalog/").execute())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("21");

        assertThat(catalog.getRequestCount()).isEqualTo(21);
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void answersAChallenge() throws Exception {
        mesh.client(new OkHttpClient.Builder()
                .authenticator((route, response) -> response.request().header("Authorization") != null
                        ? null
                        : response.request()
                                .newBuilder()
                                .header("Authorization", "mine")
                                .build())
                .build());
        catalog.enqueue(new MockResponse.Builder().code(401).build());
        catalog.enqueue(new MockResponse.Builder().body("in").build());

        try (Response response = mesh.get("http://catalog/").execute()) {
            assertThat(response.body().string()).isEqualTo("in");
        }
    }

    @Test
    void aFollowUpWhoseDeadlineHasPassedSaysThatItWasNotSent() {
        ManualClock clock = new ManualClock(3);
        Duration deadline = Duration.ofSeconds(1);
        try (TestMesh timed = TestMesh.at(clock).catalogAt(catalog.getPort())) {
            timed.client(new OkHttpClient.Builder()
                    .authenticator((route, response) -> {
                        clock.advance(deadline);
                        return response.request()
                                .newBuilder()
                                .header("Authorization", "mine")
                                .build();
                    })
                    .build());
            catalog.enqueue(new MockResponse.Builder().code(401).build());

            assertThatThrownBy(() -> timed.call(new Request.Builder()
                                    .url("http://catalog/")
                                    .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(deadline))
                                    .build())
                            .execute())
                    .isInstanceOf(MeshIOException.class)
                    .hasMessageContaining("default/catalog: the deadline has passed before this request was sent");
            assertThat(catalog.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void showsTheCookieJarEachCallOnceByItsLogicalUrl() throws Exception {
        List<String> seen = new ArrayList<>();
        mesh.client(new OkHttpClient.Builder()
                .cookieJar(new CookieJar() {
                    @Override
                    public List<Cookie> loadForRequest(HttpUrl url) {
                        seen.add("load " + url);
                        return List.of(
                                new Cookie.Builder()
                                        .domain("catalog")
                                        .name("a")
                                        .value("1")
                                        .build(),
                                new Cookie.Builder()
                                        .domain("catalog")
                                        .name("b")
                                        .value("2")
                                        .build());
                    }

                    @Override
                    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
                        seen.add("save " + url + " " + cookies.get(0).value());
                    }
                })
                .build());
        catalog.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Set-Cookie", "session=lost")
                .build());
        catalog.enqueue(new MockResponse.Builder()
                .addHeader("Set-Cookie", "session=kept")
                .build());

        try (Response response = mesh.get("http://catalog/7").execute()) {
            assertThat(response.request().header("Cookie")).isNull();
        }

        assertThat(seen).containsExactly("load http://catalog/7", "save http://catalog/7 kept");
        assertThat(catalog.takeRequest().getHeaders().get("Cookie")).isEqualTo("a=1; b=2");
    }

    private static MockResponse redirect(int code, String to) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Location", to)
                .body("moved")
                .build();
    }

    /** Longer than what is read before the response is handed over. */
    private static MockResponse unread(int code) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Set-Cookie", "a=b")
                .body("x".repeat(100_000))
                .build();
    }

    private static final class FullJar implements CookieJar {
        @Override
        public List<Cookie> loadForRequest(HttpUrl url) {
            return List.of();
        }

        @Override
        public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
            throw new IllegalStateException("full");
        }
    }
}
