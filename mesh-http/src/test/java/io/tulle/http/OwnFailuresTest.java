package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Route;
import io.tulle.testing.sockets.Wire;
import io.tulle.testing.wire.WireServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the application's own code does wrong is held against no endpoint, not repeated, and told. */
@Timeout(60)
class OwnFailuresTest {
    private final WireServer server = WireServer.start(WireServer.Speaks.HTTP1).answers(Wire.HTTP1.ok());
    private final TestMesh mesh = new TestMesh(TestMesh.route(Route.Rule.builder())).catalogAt(server.port());

    @AfterEach
    void stop() {
        mesh.close();
        server.close();
    }

    /** A request body that does this. */
    private abstract static class Body extends RequestBody {
        private final String what;
        private final long length;

        Body(String what, long length) {
            this.what = what;
            this.length = length;
        }

        @Override
        public MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<RequestBody> bodies() {
        return Stream.of(
                new Body("throws at once", -1) {
                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        throw new FileNotFoundException("mine");
                    }
                },
                new Body("throws after a part", 100_000) {
                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        sink.write(new byte[20_000]).flush();
                        throw new IOException("mine");
                    }
                },
                new Body("is longer than it says", 5) {
                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        sink.writeUtf8("0123456789");
                    }
                },
                new Body("is shorter than it says", 20) {
                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        sink.writeUtf8("0123456789");
                    }
                });
    }

    private Call put(RequestBody body) {
        return mesh.call(new Request.Builder().url("http://catalog/").put(body).build());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aRequestBodyThat(RequestBody body) {
        assertThatThrownBy(() -> put(body).execute().close())
                .isInstanceOf(MeshIOException.class)
                .cause()
                .satisfiesAnyOf(
                        e -> assertThat(e).hasMessage("mine"),
                        e -> assertThat(e).isInstanceOf(ProtocolException.class));
        assertThatThrownBy(() -> Answer.of(put(body)).response()).isInstanceOf(MeshIOException.class);

        mesh.awaitVerdicts("CANCELLED", "CANCELLED");
        assertThat(mesh.outcomes)
                .extracting(Outcome::error)
                .containsExactly(TransportError.CANCELLED, TransportError.CANCELLED);
    }

    @Test
    void aConnectionThatFailsUnderABodyIsTheConnections() throws IOException {
        try (MockWebServer closing = new MockWebServer()) {
            closing.enqueue(new MockResponse.Builder()
                    .onRequestBody(new SocketEffect.CloseSocket())
                    .build());
            closing.start();
            mesh.remove("catalog-" + server.port());
            mesh.catalogAt(closing.getPort());
            RequestBody large = RequestBody.create(new byte[10_000_000]);

            assertThatThrownBy(() -> mesh.call(new Request.Builder()
                                    .url("http://catalog/")
                                    .post(large)
                                    .build())
                            .execute()
                            .close())
                    .isInstanceOf(MeshIOException.class);

            mesh.awaitVerdicts("FAILED");
            assertThat(mesh.outcomes)
                    .extracting(Outcome::error)
                    .containsAnyOf(TransportError.RESET, TransportError.EOF) // as the writer meets it, or the reader
                    .hasSize(1);
        }
    }

    @Test
    void anEventListenerThatThrowsWhenABodyHasCome() {
        mesh.client(new OkHttpClient.Builder()
                .eventListener(new EventListener() {
                    @Override
                    public void responseBodyEnd(Call of, long count) {
                        throw new IllegalStateException("mine");
                    }
                })
                .build());

        Answer answer = Answer.of(mesh.get("http://catalog/"));
        assertThatThrownBy(answer::response).isInstanceOf(IOException.class).hasRootCauseMessage("mine");
        assertThat(answer.times()).isEqualTo(1);
        assertThatThrownBy(() -> mesh.get("http://catalog/").execute().close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mine");

        mesh.awaitVerdicts("CANCELLED", "CANCELLED");
    }
}
