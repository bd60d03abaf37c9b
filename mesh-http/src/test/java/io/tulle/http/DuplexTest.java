package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request body of HTTP/2 that is written while the response is read. */
@Timeout(60)
class DuplexTest {
    private static final List<Protocol> HTTP2 = List.of(Protocol.H2_PRIOR_KNOWLEDGE);

    /** Leaves writing to whoever asks for the sink. */
    private static final class Conversation extends RequestBody {
        volatile @Nullable BufferedSink sink;

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public boolean isDuplex() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink to) {
            sink = to;
        }
    }

    @Test
    void theResponseIsThereWithItsHeadThoughItsShortBodyWaitsForTheRequests() throws IOException {
        try (MockWebServer server = new MockWebServer();
                TestMesh mesh = new TestMesh()) {
            server.setProtocols(HTTP2);
            server.enqueue(new MockResponse.Builder()
                    .setHeader("Content-Length", 4)
                    .socketHandler(socket -> {
                        try (BufferedSource heard = Okio.buffer(socket.getSource());
                                BufferedSink said = Okio.buffer(socket.getSink())) {
                            said.writeUtf8(heard.readUtf8(4));
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .build());
            server.start();
            mesh.catalogAt(server.getPort())
                    .client(new OkHttpClient.Builder().protocols(HTTP2).build());
            Conversation request = new Conversation();

            try (Response response = mesh.call(new Request.Builder()
                            .url("http://catalog/")
                            .post(request)
                            .build())
                    .execute()) {
                try (BufferedSink sink = Objects.requireNonNull(request.sink)) {
                    sink.writeUtf8("ping");
                }
                assertThat(response.body().string()).isEqualTo("ping");
            }
            mesh.awaitVerdicts("SUCCESS");
        }
    }
}
