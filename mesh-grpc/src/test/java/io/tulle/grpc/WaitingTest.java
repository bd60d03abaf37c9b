package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tulle.api.MeshException;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What calls are told when there is nobody to call, and what they wait for. */
class WaitingTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private Status failure() {
        return catchThrowableOfType(StatusRuntimeException.class, () -> rig.call(Rig.PUT))
                .getStatus();
    }

    private static CallOptions ready(int seconds) {
        return CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(seconds, TimeUnit.SECONDS);
    }

    @Test
    void anUnknownServiceIsUnavailableAndNearNamesAreNamed() {
        rig.channel(MeshChannels.builder(rig.mesh, "ratngs"));
        Status status = failure();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("service 'ratngs' is not known", "did you mean ratings");
    }

    @Test
    void aServiceWithoutEndpointsIsUnavailable() {
        Status status = failure();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("default/ratings: no instance is known");
        assertThat(rig.verdicts).containsExactly("NO_ENDPOINTS");
    }

    @Test
    void endpointsThatCannotBeReachedAreUnavailableAtOnce() {
        TestServer gone = rig.server("gone");
        gone.kill();
        Awaitility.await().until(gone::idle);
        Status status = failure();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("default/ratings", "no endpoint can be connected to", "refused");
    }

    @Test
    void aPatientCallWaitsForAServiceAndItsFirstEndpoint() {
        rig.known(false);
        rig.channel();
        Conversation call = rig.open(Rig.PUT, ready(20)).say("q").over();
        assertThat(call.ended()).isFalse();
        rig.known(true);
        assertThat(call.ended()).isFalse();
        rig.server("a");
        assertThat(call.awaitEnd().isOk()).isTrue();
        assertThat(call.heard).containsExactly("a:q");
    }

    @Test
    void aPatientCallWaitsForAnEndpointToComeUp() {
        TestServer gone = rig.server("gone");
        gone.kill();
        Awaitility.await().until(gone::idle);
        assertThat(failure().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        Conversation call = rig.open(Rig.PUT, ready(20)).say("q").over();
        rig.unlisted("back", gone.port());
        assertThat(call.awaitEnd().isOk()).isTrue();
        assertThat(call.heard).containsExactly("back:q");
    }

    private Conversation waiting() {
        Conversation call = rig.open(Rig.PUT, ready(10)).say("q").over();
        assertThat(call.ended()).isFalse();
        return call;
    }

    private void dead(String name) {
        TestServer dead = rig.server(name);
        dead.kill();
        Awaitility.await().until(dead::idle);
        assertThat(failure().getCode()).isEqualTo(Status.Code.UNAVAILABLE); // the channel has tried
    }

    @Test
    void aPatientCallGoesToThoseThatHaveComeWhenAllThatItBeganWithHaveLeft() {
        dead("gone");
        Conversation call = waiting();
        rig.remove("gone");
        rig.server("come");
        assertThat(call.awaitEnd().isOk()).isTrue();
        assertThat(call.heard).containsExactly("come:q");
        assertThat(rig.attempts).last().asString().contains("come", " 200 ");
    }

    @Test
    void aChangeThatLeavesTheEndpointsAsTheyAreMakesNoCallWait() {
        dead("gone");
        rig.service(Protocol.GRPC, "v1");
        assertThat(failure().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aPatientCallFollowsTheRoute() {
        rig.service(Protocol.GRPC, "v1", "v2");
        rig.route(Route.Rule.builder()
                .name("old")
                .destinations(Route.Destination.subset("v1", 1))
                .build());
        dead("v1");
        Conversation call = waiting();
        rig.server("v2");
        assertThat(call.ended()).isFalse();
        rig.remove("ratings"); // the route
        rig.route(Route.Rule.builder()
                .name("new")
                .destinations(Route.Destination.subset("v2", 1))
                .build());
        assertThat(call.awaitEnd().isOk()).isTrue();
        assertThat(call.heard).containsExactly("v2:q");
    }

    @Test
    void aPatientCallOutlivesItsService() {
        dead("gone");
        Conversation call = waiting();
        rig.known(false);
        rig.remove("gone");
        assertThat(call.ended()).isFalse();
        rig.server("come");
        rig.known(true);
        assertThat(call.awaitEnd().isOk()).isTrue();
        assertThat(call.heard).containsExactly("come:q");
    }

    @Test
    void aCallThatWaitsForAConnectionGoesElsewhereWhenTheEndpointLeaves() throws IOException {
        try (ServerSocket mute =
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) { // accepts, and says nothing
            rig.list("mute", "127.0.0.1", mute.getLocalPort());
            Conversation call = rig.open(Rig.PUT, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS))
                    .say("q")
                    .over();
            Socket held = mute.accept();
            TestServer come = rig.unlisted("come", 0);
            rig.replace("mute", "come", come.port());
            assertThat(call.awaitEnd().isOk()).as("%s", call.awaitEnd()).isTrue();
            assertThat(call.heard).containsExactly("come:q");
            held.close();
        }
    }

    @Test
    void aPatientCallCanBeCancelledAndHasADeadline() {
        rig.known(false);
        rig.channel();
        Conversation cancelled = rig.open(Rig.PUT, ready(20)).say("q").over();
        cancelled.call.cancel("enough", null);
        assertThat(cancelled.awaitEnd().getDescription()).isEqualTo("enough");
        Status late = rig.open(Rig.PUT, ready(1)).say("q").over().awaitEnd();
        assertThat(late.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(late.getDescription()).contains("'ratings' is not known", "while the call waited");
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("DEADLINE_EXCEEDED"));
    }

    @Test
    void theDeadlineOfAContextIsBookedAsOneWhetherACallWaitsOrWasSent() throws Exception {
        rig.known(false);
        rig.channel();
        inContext(CallOptions.DEFAULT.withWaitForReady());
        assertThat(rig.verdicts).containsExactly("DEADLINE_EXCEEDED");
        rig.known(true);
        rig.server("mute").silent();
        inContext(CallOptions.DEFAULT);
        assertThat(rig.verdicts).containsExactly("DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED");
    }

    private void inContext(CallOptions options) throws Exception {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        int before = rig.verdicts.size();
        try (Context.CancellableContext context =
                Context.current().withDeadlineAfter(300, TimeUnit.MILLISECONDS, timer)) {
            Conversation call =
                    context.call(() -> rig.open(Rig.PUT, options).say("q").over());
            assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            Awaitility.await().until(() -> rig.verdicts.size() > before);
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void aPatientCallWaitsWhenNoClockCanReachItsDeadline() {
        rig.known(false);
        rig.channel();
        CallOptions patient = CallOptions.DEFAULT.withWaitForReady();
        MeshCallOptions endless = MeshCallOptions.DEFAULT.withDeadline(Duration.ofSeconds(Long.MAX_VALUE));
        Conversation span = rig.open(Rig.PUT, patient.withOption(MeshChannels.CALL_OPTIONS, endless))
                .say("q")
                .over();
        Conversation instant = rig.open(Rig.PUT, patient.withDeadlineAfter(Long.MAX_VALUE, TimeUnit.DAYS))
                .say("q")
                .over();
        rig.known(true);
        rig.server("a");
        assertThat(span.awaitEnd().isOk()).isTrue();
        assertThat(instant.awaitEnd().isOk()).isTrue();
    }

    @Test
    void aCallWaitsForTheFirstConnection() {
        for (int i = 0; i < 5; i++) {
            try (Rig fresh = new Rig()) {
                fresh.server("a");
                assertThat(fresh.call(Rig.PUT)).isEqualTo("a:q");
            }
        }
    }

    @Test
    void aPlainTargetMeansTheMeshThatIsInstalled() {
        rig.server("a");
        rig.channel(ManagedChannelBuilder.forTarget("mesh:///ratings").usePlaintext());
        Status none = failure();
        assertThat(none.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(none.getDescription()).contains("mesh:///ratings: no mesh is installed", "MeshChannels.install");
        MeshChannels.install(rig.mesh);
        rig.channel(ManagedChannelBuilder.forTarget("MESH:///default/ratings").usePlaintext());
        assertThat(io.grpc.stub.ClientCalls.blockingUnaryCall(
                        rig.channel(ManagedChannelBuilder.forTarget("mesh:///ratings")
                                .usePlaintext()),
                        Rig.GET,
                        CallOptions.DEFAULT,
                        "q"))
                .isEqualTo("a:q");
        try (Rig second = new Rig()) {
            MeshChannels.install(second.mesh);
            second.channel(ManagedChannelBuilder.forTarget("mesh:///ratings").usePlaintext());
            Status several = catchThrowableOfType(StatusRuntimeException.class, () -> second.call(Rig.GET))
                    .getStatus();
            assertThat(several.getDescription()).contains("2 meshes are installed");
        }
        assertThat(InstalledMeshes.all()).isEqualTo(List.of(rig.mesh));
    }

    @Test
    void targetsThatAreNoneAreRefused() {
        for (String target : new String[] {
            "mesh://ratings", "mesh:///a/b/c", "mesh:///", "mesh:///Ratings", "mesh:///ratings?x", "mesh:///ratings#f"
        }) {
            assertThatThrownBy(() -> ManagedChannelBuilder.forTarget(target)
                            .usePlaintext()
                            .build())
                    .as(target)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }

    @Test
    void whatGrpcCannotHonourIsRefused() {
        rig.server("a");
        rig.route(Route.Rule.builder()
                .name("reads")
                .matches(new Route.Match(null, "GET", List.of()))
                .build());
        assertThatThrownBy(rig::channel)
                .isInstanceOf(MeshException.class)
                .hasMessageContaining("rule 'reads' matches method GET, which no gRPC call has");
        assertThatThrownBy(() -> MeshChannels.builder(rig.mesh, "reviews"))
                .isInstanceOf(MeshException.class)
                .hasMessage(
                        "default/reviews: protocol http (expected: grpc; http services are called through mesh-http)");
    }

    @Test
    void aServiceThatStopsSpeakingGrpcIsNotCalled() {
        rig.server("a");
        assertThat(rig.call(Rig.GET)).isEqualTo("a:q");
        rig.service(Protocol.HTTP);
        assertThat(failure().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void callsAreRoutedByMethodAndMetadata() {
        rig.service(Protocol.GRPC, "v1", "v2");
        rig.server("v1");
        rig.server("v2");
        Route.Rule canary = Route.Rule.builder()
                .name("canary")
                .matches(new Route.Match(null, null, List.of(new Route.HeaderMatch("x-canary", "yes"))))
                .destinations(Route.Destination.subset("v2", 1))
                .build();
        Route.Rule puts = Route.Rule.builder()
                .name("puts")
                .matches(new Route.Match(new Route.PathMatch("/shop.Ratings/Put", null), null, List.of()))
                .destinations(Route.Destination.subset("v2", 1))
                .build();
        Route.Rule rest = Route.Rule.builder()
                .name("rest")
                .destinations(Route.Destination.subset("v1", 1))
                .build();
        rig.route(canary, puts, rest);
        io.grpc.Metadata headers = new io.grpc.Metadata();
        headers.put(io.grpc.Metadata.Key.of("x-canary", io.grpc.Metadata.ASCII_STRING_MARSHALLER), "yes");
        io.grpc.Channel tagged = io.grpc.ClientInterceptors.intercept(
                rig.shared(), io.grpc.stub.MetadataUtils.newAttachHeadersInterceptor(headers));
        for (int i = 0; i < 5; i++) {
            assertThat(rig.call(Rig.GET)).isEqualTo("v1:q");
            assertThat(rig.call(Rig.PUT)).isEqualTo("v2:q");
            assertThat(io.grpc.stub.ClientCalls.blockingUnaryCall(tagged, Rig.GET, CallOptions.DEFAULT, "q"))
                    .isEqualTo("v2:q");
        }
    }
}
