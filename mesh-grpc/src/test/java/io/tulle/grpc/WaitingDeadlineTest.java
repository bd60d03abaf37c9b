package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.context.CallContext;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.api.source.ResourceSource;
import io.tulle.client.FirstUse;
import io.tulle.client.Mesh;
import io.tulle.client.MeshRuntime;
import io.tulle.testing.FixedSource;
import io.tulle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that waits before it is made ends at the earliest of its deadlines, and is booked like any other; in virtual time, above a channel that never answers. */
class WaitingDeadlineTest {
    private static final CallOptions PATIENT = CallOptions.DEFAULT.withWaitForReady();
    private static final Duration STEP = Duration.ofNanos(1);

    private final ManualClock clock = new ManualClock(7);
    private final FixedSource source = new FixedSource(List.of());
    private final List<String> booked = new ArrayList<>();
    private final List<CallContext> told = new ArrayList<>();
    private final Mesh mesh = Mesh.builder()
            .service("default/caller")
            .source(new Asked())
            .runtime(new MeshRuntime(clock, clock, clock, () -> 1))
            .listener(new MeshListener() {
                @Override
                public void callStarted(CallInfo call) {
                    booked.add("started");
                }

                @Override
                public void callEnded(CallInfo call) {
                    booked.add(String.valueOf(call.verdict()));
                }
            })
            .build();
    private final int idle = clock.pending();
    private int sent;
    private int standing;

    /** A source that may still answer. */
    private final class Asked implements ResourceSource {
        @Override
        public void start(Sink sink) {
            source.start(sink);
        }

        @Override
        public boolean subscribe(String service) {
            return true;
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private final class Silent extends Channel {
        @Override
        public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
            return new RefusedCall<>(options, CallContext.NONE, Status.OK) {
                @Override
                public void start(Listener<R> listener, Metadata headers) {
                    if (Place.standsWith(options)) {
                        standing++;
                    } else {
                        sent++;
                    }
                }

                @Override
                public void cancel(@Nullable String message, @Nullable Throwable cause) {
                    standing -= Place.standsWith(options) ? 1 : 0;
                }
            };
        }

        @Override
        public String authority() {
            return "ratings";
        }
    }

    @AfterEach
    void close() {
        mesh.close();
    }

    private CallContext endingIn(Duration left) {
        return CallContext.builder()
                .deadlineNanos(clock.nanos() + left.toNanos())
                .build();
    }

    private static CallOptions within(CallOptions options, Duration deadline) {
        return options.withOption(MeshChannels.CALL_OPTIONS, MeshCallOptions.DEFAULT.withDeadline(deadline));
    }

    private Conversation open(CallOptions options, CallContext served) {
        return served.wrapSupplier(() -> {
                    ClientCall<String, String> call = new MeshInterceptor(Wiring.of("ratings", mesh))
                            .interceptCall(Rig.PUT, options, new Silent());
                    Conversation conversation = new Conversation(call) {
                        @Override
                        public void onClose(Status end, Metadata trailers) {
                            told.add(CallContext.current());
                            super.onClose(end, trailers);
                        }
                    };
                    call.start(conversation, new Metadata());
                    call.request(1);
                    return conversation.say("q").over();
                })
                .get();
    }

    private void put(Resource... resources) {
        source.put(List.of(resources));
    }

    private static Service service() {
        return Service.of("default", "ratings", new Service.Spec(Protocol.GRPC, List.of()));
    }

    private static Instance instance() {
        return new Instance(
                io.tulle.api.resource.Metadata.of("default", "a"), Instance.Spec.of("ratings", "", "127.0.0.1", 1));
    }

    private Status endsAfter(Conversation call, Duration wait) {
        clock.advance(wait.minus(STEP));
        assertThat(call.ended()).as("before its time").isFalse();
        assertThat(sent + standing).as("calls of the channel").isEqualTo(1);
        clock.advance(STEP);
        assertThat(call.ended()).as("at its time").isTrue();
        assertThat(booked).containsExactly("started", "DEADLINE_EXCEEDED");
        assertThat(told).hasSize(1);
        assertThat(clock.pending()).as("timers").isEqualTo(idle);
        assertThat(standing).as("places that are kept").isZero();
        Status end = call.awaitEnd();
        assertThat(end.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        return end;
    }

    @Test
    void aPatientCallEndsWithTheCallThatItIsMadeFor() {
        Conversation call = open(PATIENT, endingIn(Duration.ofSeconds(20)));

        Status end = endsAfter(call, Duration.ofSeconds(20));
        assertThat(end.getDescription())
                .contains("'ratings' is not known", "the deadline has passed while the call waited");
        assertThat(end.getCause()).isInstanceOf(CallFailure.class);
        assertThat(sent).isZero();
    }

    @Test
    void aCallThatIsNotPatientEndsWithTheCallThatItIsMadeFor() {
        endsAfter(open(CallOptions.DEFAULT, endingIn(Duration.ofMillis(200))), Duration.ofMillis(200));
    }

    @Test
    void aCallThatIsNotPatientIsUnavailableWhenNothingIsHeard() {
        Conversation call = open(CallOptions.DEFAULT, endingIn(Duration.ofSeconds(20)));
        clock.advance(FirstUse.PATIENCE);
        assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(booked).containsExactly("started", "UNKNOWN_SERVICE");
        assertThat(clock.pending()).isEqualTo(idle);
    }

    @Test
    void aPatientCallWithoutADeadlineWaits() {
        Conversation call = open(PATIENT, CallContext.NONE);
        assertThat(clock.pending()).isEqualTo(idle);
        clock.advance(Duration.ofDays(1));
        assertThat(call.ended()).isFalse();
        call.call.cancel("enough", null);
        assertThat(call.awaitEnd().getDescription()).isEqualTo("enough");
    }

    @Test
    void whoWaitsForAFirstEndpointIsToldSo() {
        put(service());
        Status end = endsAfter(open(PATIENT, endingIn(Duration.ofSeconds(3))), Duration.ofSeconds(3));
        assertThat(end.getDescription()).contains("default/ratings", "the deadline has passed", "no instance is known");
    }

    @Test
    void itsOwnDeadlineIsBookedOnceAndIsNotThatOfWhatComesThen() {
        CallContext served = endingIn(Duration.ofSeconds(10));
        endsAfter(open(within(PATIENT, Duration.ofSeconds(1)), served), Duration.ofSeconds(1));
        assertThat(told).containsExactly(served); // so that another call can be made in its place
        clock.advance(Duration.ofSeconds(20));
        assertThat(booked).containsExactly("started", "DEADLINE_EXCEEDED");
    }

    @Test
    void whatWasWaitedCountsWhenTheServiceHasCome() {
        Conversation call = open(within(PATIENT, Duration.ofSeconds(3)), CallContext.NONE);
        clock.advance(Duration.ofSeconds(1));
        put(service(), instance());
        assertThat(sent).isEqualTo(1);
        assertThat(booked).containsExactly("started");
        assertThat(clock.pending()).as("the machine's timer alone").isEqualTo(idle + 1);
        endsAfter(call, Duration.ofSeconds(2));
    }

    @Test
    void aCallThatIsGivenUpLeavesNoTimer() {
        CallOptions late = within(PATIENT, Duration.ofSeconds(3));
        Conversation call = open(late, CallContext.NONE);
        assertThat(clock.pending()).isEqualTo(idle + 1);
        call.call.cancel("enough", null);
        assertThat(clock.pending()).isEqualTo(idle);
        assertThat(call.awaitEnd().getDescription()).isEqualTo("enough");
    }

    @Test
    void aCallInAContextThatIsCancelledAlreadyLeavesNoTimer() throws Exception {
        Context.CancellableContext over = Context.current().withCancellation();
        over.cancel(new IllegalStateException("enough"));
        Conversation call = over.call(() -> open(within(PATIENT, Duration.ofSeconds(3)), CallContext.NONE));
        assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.CANCELLED);
        assertThat(clock.pending()).isEqualTo(idle);
    }
}
