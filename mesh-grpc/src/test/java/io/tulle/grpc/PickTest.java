package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tulle.api.call.MeshHeaders;
import io.tulle.api.context.CallContext;
import io.tulle.core.snapshot.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel asks for the pick of an attempt when it likes, as often as it likes, on any thread. */
class PickTest {
    private final Rig rig = new Rig().list("a", "127.0.0.1", 1).list("b", "127.0.0.1", 2);
    private final AtomicInteger repeated = new AtomicInteger();
    private Consumer<WireAttempt<?, ?>> whileStarting = attempt -> {};
    private @Nullable WireAttempt<?, ?> attempt;
    private @Nullable Status ended;

    @AfterEach
    void close() {
        rig.close();
    }

    private MeshPicker picker(String... connected) {
        Map<Endpoint, PickResult> ready = new HashMap<>();
        for (Endpoint endpoint : rig.mesh.engine().snapshot().byHost("ratings").endpoints()) {
            if (Set.of(connected).contains(endpoint.instanceName())) {
                ready.put(endpoint, PickResult.withSubchannel(new FakeChannel.Connected(endpoint)));
            }
        }
        return new MeshPicker(
                ready, Map.of(), rig.mesh.engine().snapshot().version(), Status.OK, repeated::incrementAndGet);
    }

    private static String instance(PickResult result) {
        return ((FakeChannel.Connected) result.getSubchannel()).endpoint.instanceName();
    }

    /** Starts a call on a channel that does nothing but what a test says. */
    private ClientCall<String, String> start(CallOptions options) {
        Channel channel = new Channel() {
            @Override
            public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions own) {
                attempt = AttemptTracers.attempt(own);
                return new RefusedCall<>(own, CallContext.NONE, Status.OK) {
                    @Override
                    public void start(Listener<R> listener, Metadata headers) {
                        whileStarting.accept(attempt);
                    }
                };
            }

            @Override
            public String authority() {
                return "ratings";
            }
        };
        ClientCall<String, String> call =
                new MeshInterceptor(Wiring.of("ratings", rig.mesh)).interceptCall(Rig.PUT, options, channel);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended = status;
                    }
                },
                new Metadata());
        return call;
    }

    @Test
    void aSecondPickReleasesTheFirst() {
        ClientCall<String, String> call = start(CallOptions.DEFAULT);
        Metadata first = new Metadata();
        assertThat(instance(attempt.pick(picker("a"), first))).isEqualTo("a");
        assertThat(instance(attempt.pick(picker("b"), new Metadata()))).isEqualTo("b");
        assertThat(rig.inFlight()).isEqualTo(1);
        assertThat(first.keys()).doesNotContain(MeshHeaders.TIMEOUT_MS);
        call.cancel("enough", null);
        assertThat(rig.inFlight()).isZero();
        assertThat(ended.getCode()).isEqualTo(Status.Code.CANCELLED);
    }

    @Test
    void aStreamThatIsMadeAgainAfterItWasSentGoesElsewhere() {
        for (int i = 0; i < 30; i++) { // by chance it would, too, but not each time
            ClientCall<String, String> call = start(CallOptions.DEFAULT.withWaitForReady());
            StreamFacts stream = attempt.streamCreated();
            String refusing = instance(attempt.pick(picker("a", "b"), new Metadata()));
            stream.outboundHeaders();
            attempt.streamCreated();
            assertThat(attempt.pick(picker(), new Metadata()).hasResult()).isFalse();
            assertThat(instance(attempt.pick(picker("a", "b"), new Metadata()))).isNotEqualTo(refusing);
            assertThat(instance(attempt.pick(picker(refusing), new Metadata()))).isEqualTo(refusing);
            call.cancel("enough", null);
        }
    }

    @Test
    void aPickAfterTheEndTakesNothing() {
        start(CallOptions.DEFAULT).cancel("enough", null);
        assertThat(attempt.pick(picker("a"), new Metadata()).hasResult()).isFalse();
        assertThat(rig.inFlight()).isZero();
    }

    @Test
    void aPickOnAnotherThreadWhileTheCallIsBusyIsRepeatedAfterwards() {
        whileStarting = busy -> {
            PickResult elsewhere = CompletableFuture.supplyAsync(() -> busy.pick(picker("a"), new Metadata()))
                    .join();
            assertThat(elsewhere.hasResult()).isFalse();
            assertThat(repeated).hasValue(0);
            assertThat(instance(busy.pick(picker("b"), new Metadata()))).isEqualTo("b");
        };
        ClientCall<String, String> call = start(CallOptions.DEFAULT);
        assertThat(repeated).hasValue(1);
        assertThat(rig.inFlight()).isEqualTo(1);
        call.cancel("enough", null);
    }

    @Test
    void whoCannotBeReachedIsWaitedForByPatientCallsOnly() {
        ClientCall<String, String> patient = start(CallOptions.DEFAULT.withWaitForReady());
        assertThat(attempt.pick(picker(), new Metadata()).hasResult()).isFalse();
        patient.cancel("enough", null);
        ClientCall<String, String> call = start(CallOptions.DEFAULT);
        PickResult none = attempt.pick(picker(), new Metadata());
        assertThat(none.isDrop()).isTrue();
        assertThat(none.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        call.cancel("enough", null);
    }
}
