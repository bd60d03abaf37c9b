package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.tulle.api.resource.Route;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of calls without a deadline when their channel is shut down. */
class ChannelEndTest {
    private static final CallOptions PATIENT = CallOptions.DEFAULT.withWaitForReady();

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private Conversation patient() {
        Conversation call = rig.open(Rig.GET, PATIENT).say("q").over();
        assertThat(call.ended()).isFalse();
        return call;
    }

    private Status whenShutDownNow(Conversation call) throws InterruptedException {
        ManagedChannel channel = rig.shared();
        channel.shutdownNow();
        Status status = call.awaitEnd();
        assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("Channel shutdown");
        return status;
    }

    private Conversation inBackOff(String millis) {
        Duration ever = Duration.ofMinutes(5);
        rig.route(Route.Rule.builder()
                .timeout(ever)
                .retry(Route.Retry.builder().attempts(3).build())
                .build());
        rig.server("a").failing(Status.UNAVAILABLE, "grpc-retry-pushback-ms", millis);
        Conversation call = rig.open(Rig.GET, CallOptions.DEFAULT).say("q").over();
        Awaitility.await().until(() -> !rig.attempts.isEmpty());
        assertThat(call.ended()).isFalse();
        return call;
    }

    @Test
    void aCallThatWaitsForItsServiceEndsWithTheChannel() throws InterruptedException {
        rig.known(false);
        rig.channel();
        assertThat(whenShutDownNow(patient()).getDescription())
                .contains("ratings: the channel ended the call while it waited for an instance of the service");
    }

    @Test
    void aCallThatWaitsForAnInstanceEndsWithTheChannel() throws InterruptedException {
        whenShutDownNow(patient());
    }

    @Test
    void aCallThatWaitsForAConnectionEndsWithTheChannel() throws InterruptedException {
        TestServer gone = rig.server("gone");
        gone.kill();
        Awaitility.await().until(gone::idle);
        whenShutDownNow(patient());
    }

    @Test
    void aCallInBackOffEndsWithTheChannel() throws InterruptedException {
        assertThat(whenShutDownNow(inBackOff("60000")).getDescription())
                .contains("ratings: the channel ended the call while it waited for another attempt");
        assertThat(rig.attempts).hasSize(1);
        assertThat(rig.verdicts).containsExactly("CANCELLED");
    }

    @Test
    void aCallInBackOffHasNoPlaceInTheChannelAnyMoreWhenItIsCancelled() throws InterruptedException {
        Conversation call = inBackOff("60000");
        rig.shared().shutdown();
        assertThat(rig.shared().isTerminated()).isFalse();
        call.call.cancel("enough", null);
        assertThat(call.awaitEnd().getDescription()).isEqualTo("enough");
        assertThat(rig.shared().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private void whenTheMeshIsClosed(Conversation call, String told) {
        rig.mesh.close();
        Status status = call.awaitEnd();
        assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains(told);
    }

    @Test
    void aCallThatWaitsForItsServiceEndsWithTheMesh() {
        rig.known(false);
        rig.channel();
        whenTheMeshIsClosed(patient(), "service 'ratings' is not known");
        assertThat(patientAfterTheEnd().getDescription()).contains("service 'ratings' is not known");
    }

    @Test
    void aCallThatWaitsForAnInstanceEndsWithTheMesh() {
        whenTheMeshIsClosed(patient(), "default/ratings: no instance is known");
        assertThat(patientAfterTheEnd().getDescription()).contains("no instance is known");
    }

    private Status patientAfterTheEnd() {
        return rig.open(Rig.GET, PATIENT).say("q").over().awaitEnd();
    }

    @Test
    void aCallWhoseInstancesHaveLeftEndsWithTheMesh() {
        TestServer gone = rig.server("gone");
        gone.kill();
        Awaitility.await().until(gone::idle);
        Conversation call = patient();
        rig.remove("gone");
        assertThat(call.ended()).isFalse();
        whenTheMeshIsClosed(call, "default/ratings");
    }

    @Test
    void aCallThatWaitsForAConnectionOutlivesTheMesh() {
        TestServer gone = rig.server("gone");
        gone.kill();
        Awaitility.await().until(gone::idle);
        Conversation call = patient();
        rig.mesh.close();
        assertThat(call.ended()).isFalse();
        rig.unlisted("back", gone.port());
        assertThat(call.awaitEnd().isOk()).as("%s", call.awaitEnd()).isTrue();
    }

    @Test
    void aCallInBackOffGoesOnWhenTheMeshIsClosed() {
        Conversation call = inBackOff("500");
        rig.mesh.close();
        assertThat(call.ended()).isFalse();
        assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(rig.attempts).hasSizeGreaterThan(1);
    }

    @Test
    void aCallGoesOnWaitingWhenTheChannelIsShutDownInOrder() throws InterruptedException {
        Conversation call = patient();
        rig.shared().shutdown();
        assertThat(rig.shared().isTerminated()).isFalse();
        assertThat(call.ended()).isFalse();
        whenShutDownNow(call);
    }

    @Test
    void noAttemptIsMadeInAChannelThatWasShutDown() throws InterruptedException {
        Conversation call = patient();
        rig.shared().shutdown();
        TestServer server = rig.server("a");
        Status status = call.awaitEnd();
        assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("Channel shutdown");
        assertThat(server.calls).isEmpty();
        assertThat(rig.shared().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCallGoesOnWaitingWhenTheChannelWantsToBeIdle() {
        Conversation call = patient();
        rig.shared().enterIdle();
        rig.server("a");
        assertThat(call.awaitEnd().isOk()).as("%s", call.awaitEnd()).isTrue();
        assertThat(call.heard).containsExactly("a:q");
    }

    @Test
    void aCallThatHasWaitedSaysWhomItIsConnectedTo() {
        Conversation call = patient();
        assertThat(call.call.getAttributes()).isEqualTo(io.grpc.Attributes.EMPTY);
        TestServer server = rig.server("a").echoing();
        call.awaitMessages(1);
        assertThat(String.valueOf(call.call.getAttributes().get(io.grpc.Grpc.TRANSPORT_ATTR_REMOTE_ADDR)))
                .contains(":" + server.port());
    }
}
