package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Service;
import java.net.ProtocolException;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProtocolTest {
    private static final Service LEDGER = Service.of("default", "ledger", new Service.Spec(Protocol.GRPC, List.of()));
    private static final String REFUSAL =
            "default/ledger: protocol grpc (expected: http; grpc services are called through mesh-grpc)";

    @Test
    void aGrpcServiceIsRefused() {
        try (TestMesh mesh = new TestMesh(LEDGER)) {
            assertThatThrownBy(() -> mesh.get("http://ledger/").execute())
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage(REFUSAL);
            assertThat(mesh.started).hasValue(0);
        }
    }

    @Test
    void aRedirectToAGrpcServiceIsRefused() throws Exception {
        try (MockWebServer server = new MockWebServer();
                TestMesh mesh = new TestMesh(LEDGER)) {
            server.start();
            mesh.catalogAt(server.getPort());
            server.enqueue(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", "http://ledger/")
                    .build());

            assertThatThrownBy(() -> mesh.get("http://catalog/").execute()).hasMessage(REFUSAL);

            assertThat(mesh.inFlight()).isZero();
        }
    }
}
