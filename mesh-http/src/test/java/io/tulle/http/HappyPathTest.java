package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HappyPathTest {
    private final MockWebServer server = new MockWebServer();
    private final TestMesh mesh = new TestMesh();

    @BeforeEach
    void start() throws IOException {
        server.start();
        mesh.catalogAt(server.getPort());
    }

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    @Test
    void keepsHostHeaderPathAndQuery() throws Exception {
        server.enqueue(new MockResponse.Builder().body("seven").build());

        try (Response response = mesh.get("http://catalog/books/7?lang=en").execute()) {
            assertThat(response.code()).isEqualTo(200);
            assertThat(response.body().string()).isEqualTo("seven");
            assertThat(response.request().url()).hasToString("http://catalog/books/7?lang=en");
        }

        RecordedRequest seen = server.takeRequest(1, TimeUnit.SECONDS);
        assertThat(seen.getHeaders().get("Host")).isEqualTo("catalog");
        assertThat(seen.getTarget()).isEqualTo("/books/7?lang=en");
        assertThat(mesh.outcomes).containsExactly(new Outcome(null, Processed.YES, 5, false));
        assertThat(mesh.verdicts).containsExactly("SUCCESS");
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void ignoresThePortOfTheUrlButSendsItAsHost() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x").build());

        mesh.get("http://catalog.default:8080/").execute().close();

        assertThat(server.takeRequest().getHeaders().get("Host")).isEqualTo("catalog.default:8080");
    }

    @Test
    void reusesTheConnectionAndSaysSo() throws Exception {
        server.enqueue(new MockResponse.Builder().body("one").build());
        server.enqueue(new MockResponse.Builder().body("two").build());

        assertThat(mesh.get("http://catalog/").execute().body().string()).isEqualTo("one");
        assertThat(mesh.get("http://catalog/").execute().body().string()).isEqualTo("two");

        server.takeRequest();
        assertThat(server.takeRequest().getExchangeIndex()).isEqualTo(1);
        assertThat(mesh.outcomes).extracting(Outcome::connectionReused).containsExactly(false, true);
    }

    @Test
    void sendsABody() throws Exception {
        server.enqueue(new MockResponse.Builder().code(201).build());
        Request post = new Request.Builder()
                .url("http://catalog/books")
                .post(RequestBody.create("a book", MediaType.get("text/plain")))
                .build();

        try (Response response = mesh.call(post).execute()) {
            assertThat(response.code()).isEqualTo(201);
        }

        assertThat(server.takeRequest().getBody().utf8()).isEqualTo("a book");
    }

    @Test
    void endsAtOnceWithoutABody() throws Exception {
        server.enqueue(new MockResponse.Builder().code(204).build());
        server.enqueue(
                new MockResponse.Builder().addHeader("Content-Length", 1234).build());
        server.enqueue(new MockResponse.Builder().build());

        Response noContent = mesh.get("http://catalog/").execute();
        assertThat(mesh.inFlight()).isZero();
        Response head = mesh.call(
                        new Request.Builder().url("http://catalog/").head().build())
                .execute();
        assertThat(mesh.inFlight()).isZero();
        Response empty = mesh.get("http://catalog/").execute();
        assertThat(mesh.inFlight()).isZero();

        assertThat(head.header("Content-Length")).isEqualTo("1234");
        assertThat(mesh.verdicts).containsExactly("SUCCESS", "SUCCESS", "SUCCESS");
        noContent.close();
        head.close();
        empty.close();
    }

    @Test
    void unpacksGzip() throws Exception {
        Buffer packed = new Buffer();
        try (okio.BufferedSink sink = okio.Okio.buffer(new okio.GzipSink(packed))) {
            sink.writeUtf8("a long text ".repeat(50));
        }
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(packed)
                .build());

        try (Response response = mesh.get("http://catalog/").execute()) {
            assertThat(response.body().string()).isEqualTo("a long text ".repeat(50));
        }

        assertThat(server.takeRequest().getHeaders().get("Accept-Encoding")).contains("gzip");
        assertThat(mesh.inFlight()).isZero();
    }

    @Test
    void passesOtherHostsThroughUnchanged() throws Exception {
        server.enqueue(new MockResponse.Builder().body("outside").build());
        OkHttpClient client = new OkHttpClient();
        mesh.client(client);

        Call call = mesh.get(server.url("/page").toString());
        try (Response response = call.execute()) {
            assertThat(response.body().string()).isEqualTo("outside");
        }

        assertThat(call.getClass()).isSameAs(client.newCall(call.request()).getClass());
        assertThat(mesh.verdicts).isEmpty();
    }

    @Test
    void refusesAnUnknownServiceAtOnceAndNamesNearOnes() {
        assertThatThrownBy(() -> mesh.get("http://catalogue/").execute())
                .isInstanceOfSatisfying(MeshIOException.class, e -> {
                    assertThat(e.verdict()).isEqualTo(Verdict.UNKNOWN_SERVICE);
                    assertThat(e.stage()).isEqualTo(Stage.ROUTE);
                    assertThat(e.getStackTrace()).isEmpty();
                })
                .hasMessageContaining("'catalogue'")
                .hasMessageContaining("did you mean catalog");
    }

    @Test
    void refusesAClientWithASocketFactoryOfItsOwn() {
        OkHttpClient client =
                new OkHttpClient.Builder().socketFactory(new PinnedSockets(1)).build();

        assertThatThrownBy(() -> MeshCalls.of(mesh.mesh, client))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("socketFactory: ");
    }
}
