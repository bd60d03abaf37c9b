package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TlsMode;
import io.tulle.client.Mesh;
import io.tulle.client.tls.MeshIdentity;
import io.tulle.testing.FixedSource;
import io.tulle.testing.RotationUnderLoad;
import io.tulle.testing.TestTrustDomain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates and roots are replaced while calls are made, half of them on new connections. More with {@code -Dtulle.rotations=100}.
 */
@Timeout(600)
class CertificateRotationTest {
    private final RotationUnderLoad rotation = new RotationUnderLoad();
    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();

    @TempDir
    private Path folder;

    private TestTrustDomain domain;
    private MeshIdentity catalog;
    private Mesh storefront;
    private Call.Factory http;

    @BeforeEach
    void start() throws IOException {
        domain = new TestTrustDomain(folder, "example.org");
        catalog = MeshIdentity.of(domain.add("default", "catalog"), rotation);
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.useHttps(catalog.server().getSocketFactory());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                rotation.met(Objects.requireNonNull(request.getHandshake())
                        .peerCertificates()
                        .get(0));
                return new MockResponse.Builder().body("seven").build();
            }
        });
        server.start();
        Instance.Spec spec = Instance.Spec.of("catalog", "", "127.0.0.1", server.getPort());
        storefront = Mesh.builder()
                .service("storefront")
                .tls(domain.add("default", "storefront"))
                .source(new FixedSource(List.of(
                        Service.of("default", "catalog", Service.Spec.DEFAULT),
                        new Instance(Metadata.of("default", "catalog-1"), spec.withTls(TlsMode.MUTUAL)))))
                .listener(rotation)
                .build();
        http = MeshCalls.of(storefront, client);
    }

    @AfterEach
    void stop() {
        rotation.close();
        storefront.close();
        client.dispatcher().executorService().shutdown();
        server.close();
        catalog.close();
    }

    private void call(int number) throws IOException {
        boolean fresh = number % 2 == 0;
        Request.Builder request = new Request.Builder().url("http://catalog/books/7");
        try (Response response = http.newCall((fresh ? request.header("Connection", "close") : request).build())
                .execute()) {
            assertThat(response.body().string()).isEqualTo("seven");
        }
    }

    @Test
    void noAttemptFails() throws IOException, InterruptedException {
        rotation.run(domain, this::call, List.of(catalog, Objects.requireNonNull(storefront.identity())));
    }
}
