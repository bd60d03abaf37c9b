package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.Status;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.testing.wire.Http2;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The only healthy endpoint has lost its connection, and its next one is accepted but never answered; another is ejected, and connected. */
@Timeout(60)
class ReconnectingTest {
    private static final int SETTINGS = 4;

    @Test
    void anEjectedEndpointThatIsConnectedIsCalledRatherThanWaitingForAConnectionThatWasLost() throws IOException {
        try (ServerSocket healthy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Rig rig = new Rig()) {
            rig.policy(TrafficPolicy.Spec.defaults("ratings")
                    .withOutlierDetection(TrafficPolicy.OutlierDetection.builder()
                            .consecutiveFailures(1)
                            .build()));
            rig.service(Protocol.GRPC, "ejected");
            rig.list("healthy", "127.0.0.1", healthy.getLocalPort());
            Socket first = connect(rig, healthy);
            eject(rig);

            first.close();
            try (Socket second = healthy.accept()) {
                Status status = rig.open(Rig.PUT, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS))
                        .say("q")
                        .over()
                        .awaitEnd();
                assertThat(status.isOk()).as("%s", status).isTrue();
                assertThat(second.isConnected()).isTrue();
            }
        }
    }

    private static Socket connect(Rig rig, ServerSocket to) throws IOException {
        rig.shared().getState(true);
        Socket connection = to.accept();
        connection.getOutputStream().write(Http2.frame(SETTINGS, 0, 0, new byte[0]));
        Awaitility.await().until(() -> rig.shared().getState(false) == ConnectivityState.READY);
        return connection;
    }

    /** Has an endpoint come that fails when a call is routed to it, and then works. */
    private static void eject(Rig rig) {
        TestServer server = rig.server("ejected").failing(Status.UNAVAILABLE);
        rig.route(Route.Rule.builder()
                .destinations(Route.Destination.subset("ejected", 1))
                .build());
        Status failure = rig.open(Rig.PUT, CallOptions.DEFAULT).say("q").over().awaitEnd();
        assertThat(failure.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        Awaitility.await()
                .until(() -> rig.mesh.engine().snapshot().byHost("ratings").endpoints().stream()
                        .filter(endpoint -> !endpoint.healthy())
                        .map(Endpoint::instanceName)
                        .toList()
                        .equals(List.of("ejected")));
        rig.remove("ratings"); // the route, and the policy with it
        rig.policy(TrafficPolicy.Spec.defaults("ratings"));
        server.echoing();
    }
}
