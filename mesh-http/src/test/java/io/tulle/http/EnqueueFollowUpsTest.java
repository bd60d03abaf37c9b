package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens above the machine, when nobody waits. A dispatcher that allows one request at a time: a follow-up needs no turn of its own. */
@Timeout(30)
class EnqueueFollowUpsTest {
    private final MockWebServer catalog = new MockWebServer();
    private final MockWebServer reviews = new MockWebServer();
    private final TestMesh mesh = new TestMesh();

    @BeforeEach
    void start() throws IOException {
        catalog.start();
        reviews.start();
        mesh.catalogAt(catalog.getPort()).reviewsAt(reviews.getPort());
        mesh.client(client().build());
    }

    @AfterEach
    void stop() {
        mesh.close();
        catalog.close();
        reviews.close();
    }

    private static OkHttpClient.Builder client() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(1);
        return new OkHttpClient.Builder().dispatcher(dispatcher);
    }

    @Test
    void followsARedirectToAnotherServiceThroughRouting() throws Exception {
        catalog.enqueue(redirect("http://reviews/7"));
        reviews.enqueue(new MockResponse.Builder().body("good").build());

        Answer answer = Answer.of(mesh.get("http://catalog/7"));

        try (Response response = answer.response()) {
            assertThat(response.body().string()).isEqualTo("good");
            assertThat(response.request().url()).hasToString("http://reviews/7");
            assertThat(response.priorResponse()).isNotNull();
        }
        mesh.awaitVerdicts("SUCCESS", "SUCCESS");
    }

    @Test
    void followsOutOfTheMesh() throws Exception {
        catalog.enqueue(redirect("http://127.0.0.1:" + reviews.getPort() + "/7"));
        reviews.enqueue(new MockResponse.Builder().body("outside").build());

        assertThat(Answer.of(mesh.get("http://catalog/7")).text()).isEqualTo("outside");
    }

    @Test
    void givesUpAfterTwentyFollowUps() {
        for (int i = 0; i < 21; i++) {
            catalog.enqueue(redirect("/again"));
        }

        Answer answer = Answer.of(mesh.get("http://catalog/"));

        assertThatThrownBy(answer::response)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("21");
        mesh.awaitVerdicts(Collections.nCopies(21, "SUCCESS").toArray(String[]::new));
    }

    @Test
    void answersAChallenge() throws Exception {
        mesh.client(client().authenticator((route, response) -> response.request()
                        .newBuilder()
                        .header("Authorization", "mine")
                        .build())
                .build());
        catalog.enqueue(new MockResponse.Builder().code(401).build());
        catalog.enqueue(new MockResponse.Builder().body("good").build());

        assertThat(Answer.of(mesh.get("http://catalog/")).text()).isEqualTo("good");

        catalog.takeRequest();
        assertThat(catalog.takeRequest().getHeaders().get("Authorization")).isEqualTo("mine");
    }

    @Test
    void anAuthenticatorThatThrowsFailsTheCallOnceAndLeavesNoLoad() {
        mesh.client(client().authenticator((route, response) -> {
                    throw new IOException("no token");
                })
                .build());
        catalog.enqueue(new MockResponse.Builder().code(401).build());

        Answer answer = Answer.of(mesh.get("http://catalog/"));

        assertThatThrownBy(answer::response).hasMessage("no token");
        assertThat(answer.times()).isEqualTo(1);
        mesh.awaitVerdicts("SUCCESS");
    }

    @Test
    void keepsCookiesOnAnotherThreadThanTheCallers() throws Exception {
        Jar jar = new Jar();
        mesh.client(client().cookieJar(jar).build());
        catalog.enqueue(
                new MockResponse.Builder().addHeader("Set-Cookie", "a=1").build());
        catalog.enqueue(new MockResponse.Builder().body("good").build());

        assertThat(Answer.of(mesh.get("http://catalog/")).text()).isEmpty();
        try (Response response = Answer.of(mesh.get("http://catalog/")).response()) {
            assertThat(response.request().header("Cookie")).isNull();
        }

        catalog.takeRequest();
        assertThat(catalog.takeRequest().getHeaders().get("Cookie")).isEqualTo("a=1");
        assertThat(jar.threads).hasSize(3).doesNotContain(Thread.currentThread());
    }

    @Test
    void runsApplicationInterceptorsOnceWithTheCallThatTheApplicationHolds() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        mesh.client(client().addInterceptor(chain -> {
                    seen.add(chain.request().url().encodedPath());
                    return chain.proceed(chain.request());
                })
                .build());
        catalog.enqueue(redirect("/8"));
        catalog.enqueue(new MockResponse.Builder().body("good").build());

        Answer answer = Answer.of(
                mesh.call(new Request.Builder().url("http://catalog/7").build()));

        assertThat(answer.text()).isEqualTo("good");
        assertThat(seen).containsExactly("/7");
    }

    private static MockResponse redirect(String to) {
        return new MockResponse.Builder().code(302).addHeader("Location", to).build();
    }

    private static final class Jar implements CookieJar {
        final List<Thread> threads = new CopyOnWriteArrayList<>();
        private final List<Cookie> kept = new CopyOnWriteArrayList<>();

        @Override
        public List<Cookie> loadForRequest(HttpUrl url) {
            threads.add(Thread.currentThread());
            return new ArrayList<>(kept);
        }

        @Override
        public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
            threads.add(Thread.currentThread());
            kept.addAll(cookies);
        }
    }
}
