package io.tulle.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.tulle.api.call.Denial;
import io.tulle.api.context.CallContext;
import io.tulle.grpc.Codes;
import io.tulle.testing.Shop;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeshServerInterceptorTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final long LONG = 30_000;

    private Shop shop = new Shop(null);
    private @Nullable TextServer running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
        shop.close();
    }

    private TextServer unary(ServerCalls.UnaryMethod<String, String> handler) throws Exception {
        running = new TextServer(shop, MethodType.UNARY, ServerCalls.asyncUnaryCall(handler));
        return running;
    }

    private static void answer(StreamObserver<String> to, String text) {
        to.onNext(text);
        to.onCompleted();
    }

    private static @Nullable String trailer(StatusRuntimeException failure, String name) {
        Metadata trailers = failure.getTrailers();
        return trailers == null ? null : trailers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    private static StatusRuntimeException failure(TextServer server) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> server.call(LONG));
    }

    private void awaitEnds(String... lines) {
        await().untilAsserted(() -> assertThat(shop.ends()).containsExactly(lines));
        assertThat(shop.inFlight()).isZero();
    }

    @Test
    void theHandlerRunsInTheContextOfTheCall() throws Exception {
        AtomicReference<CallContext> seen = new AtomicReference<>();
        TextServer server = unary((request, to) -> {
            seen.set(CallContext.current());
            assertThat(GrpcCallContext.KEY.get()).isSameAs(CallContext.current());
            answer(to, request + "!");
        });
        long before = shop.mesh().runtime().ticker().nanos();
        assertThat(server.call(
                        5000, "x-mesh-attempt", "2", "traceparent", PARENT, "tracestate", "a=1", "tracestate", "b=2"))
                .isEqualTo("hello!");
        assertThat(seen.get().deadlineNanos() - before)
                .isBetween(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(10));
        assertThat(seen.get().attempt()).isEqualTo(2);
        assertThat(seen.get().traceparent()).isEqualTo(PARENT);
        assertThat(seen.get().tracestate()).isEqualTo("a=1,b=2");
        awaitEnds("requestEnded SUCCESS 200");
        assertThat(shop.heard().lines("requestStarted")).containsExactly("requestStarted POST /shop.Texts/Say");
    }

    @Test
    void everyCallbackOfAStreamRunsInTheContextOfTheCall() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        running = new TextServer(shop, MethodType.BIDI_STREAMING, ServerCalls.asyncBidiStreamingCall(to -> {
            seen.add("start " + CallContext.current().attempt());
            return new StreamObserver<String>() {
                @Override
                public void onNext(String message) {
                    seen.add(message + " " + CallContext.current().attempt());
                }

                @Override
                public void onError(Throwable failure) {
                    seen.add("error " + CallContext.current().attempt());
                }

                @Override
                public void onCompleted() {
                    seen.add("end " + CallContext.current().attempt());
                    answer(to, "done");
                }
            };
        }));
        assertThat(running.call(LONG, "x-mesh-attempt", "5")).isEqualTo("done");
        assertThat(seen).containsExactly("start 5", "hello 5", "end 5");
        awaitEnds("requestEnded SUCCESS 200");
    }

    @Test
    void theContextGoesWhereGrpcsContextGoes() throws Exception {
        BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
        TextServer server = unary((request, to) -> {
            Runnable task = () -> attempts.add(CallContext.current().attempt());
            new Thread(Context.current().wrap(task)).start();
            answer(to, "");
        });
        server.call(LONG, "x-mesh-attempt", "4");
        assertThat(attempts.poll(10, TimeUnit.SECONDS)).isEqualTo(4);
        assertThat(CallContext.current()).isSameAs(CallContext.NONE);
    }

    @Test
    void moreThanThePolicyAllowsIsRefusedUntilAPlaceIsFree() throws Exception {
        shop.close();
        shop = new Shop(1);
        BlockingQueue<StreamObserver<String>> waiting = new LinkedBlockingQueue<>();
        TextServer server = unary((request, to) -> waiting.add(to));
        ClientCall<String, String> first = server.channel.newCall(Texts.method(MethodType.UNARY), CallOptions.DEFAULT);
        Ended end = new Ended();
        first.start(end, new Metadata());
        first.request(2);
        first.sendMessage("first");
        first.halfClose();
        StreamObserver<String> answerOfFirst = waiting.poll(10, TimeUnit.SECONDS);
        assertThat(answerOfFirst).isNotNull();

        StatusRuntimeException refused = failure(server);

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refused.getStatus().getDescription())
                .isEqualTo(
                        "default/shop: this process serves as many requests as its policy allows (inbound.maxInFlight)");
        assertThat(trailer(refused, "x-mesh-refused")).isEqualTo("overloaded");
        assertThat(trailer(refused, "x-mesh-retry")).isNull();
        answer(answerOfFirst, "");
        assertThat(end.statuses.poll(10, TimeUnit.SECONDS)).isEqualTo(Status.Code.OK);
        awaitEnds("requestEnded OVERLOADED 503", "requestEnded SUCCESS 200");
    }

    @Test
    void nobodyIsServedWhoNoLongerWaits() throws Exception {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        try {
            Context late = Context.current().withDeadlineAfter(-1, TimeUnit.MILLISECONDS, timer);
            ClosedCall call = new ClosedCall();
            late.call(() -> new MeshServerInterceptor(shop.mesh())
                    .interceptCall(call, new Metadata(), (served, headers) -> {
                        throw new IllegalStateException("nobody waits for this");
                    }));
            assertThat(call.status).isNotNull();
            StatusRuntimeException refused = call.status.asRuntimeException(call.trailers);
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(trailer(refused, "x-mesh-refused")).isEqualTo("expired");
            awaitEnds("requestEnded DEADLINE_EXCEEDED 504");
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void aCallThatIsGivenUpGivesItsPlaceBack() throws Exception {
        BlockingQueue<StreamObserver<String>> waiting = new LinkedBlockingQueue<>();
        TextServer server = unary((request, to) -> waiting.add(to));
        ClientCall<String, String> call = server.channel.newCall(Texts.method(MethodType.UNARY), CallOptions.DEFAULT);
        call.start(new Ended(), new Metadata());
        call.request(2);
        call.sendMessage("x");
        call.halfClose();
        assertThat(waiting.poll(10, TimeUnit.SECONDS)).isNotNull();
        call.cancel("enough", null);
        awaitEnds("requestEnded CANCELLED 0");
    }

    @Test
    void aHandlerThatThrowsGivesItsPlaceBack() throws Exception {
        TextServer server = unary((request, to) -> {
            throw new IllegalStateException("on purpose");
        });
        assertThat(failure(server).getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
        awaitEnds("requestEnded FAILED 500");
    }

    @Test
    void aSecondCloseIsNotHowACallHasEnded() throws Exception {
        BlockingQueue<Throwable> refused = new LinkedBlockingQueue<>();
        TextServer server = unary((request, to) -> {
            answer(to, "done");
            refused.add(catchThrowable(() -> to.onError(Status.INTERNAL.asRuntimeException())));
        });
        assertThat(server.call(LONG)).isEqualTo("done");
        assertThat(refused.poll(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        awaitEnds("requestEnded SUCCESS 200");
    }

    @Test
    void aHandlerThatCannotStartGivesItsPlaceBack() throws Exception {
        running = new TextServer(shop, MethodType.UNARY, (call, headers) -> {
            throw new IllegalStateException("on purpose");
        });
        assertThat(failure(running).getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
        awaitEnds("requestEnded FAILED 500");
    }

    @Test
    void aFailureAfterRetriesBelowSparesRetriesAbove() throws Exception {
        TextServer server = unary((request, to) -> {
            CallContext.current().spendRetries();
            Metadata own = new Metadata();
            own.put(Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), "5");
            to.onError(Status.UNAVAILABLE.asRuntimeException(own));
        });
        StatusRuntimeException failure = failure(server);
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(trailer(failure, "x-mesh-retry")).isEqualTo("never");
        assertThat(trailer(failure, "grpc-retry-pushback-ms")).isEqualTo("-1");
        assertThat(trailer(failure, "x-mesh-refused")).isNull();
        awaitEnds("requestEnded FAILED_RESPONSE 503");
    }

    @Test
    void otherAnswersSayNothingOfRetries() throws Exception {
        TextServer server = unary((request, to) -> {
            CallContext.current().spendRetries();
            to.onError(Status.NOT_FOUND.asRuntimeException());
        });
        assertThat(trailer(failure(server), "x-mesh-retry")).isNull();
        server.close();
        TextServer healthy = unary((request, to) -> to.onError(Status.UNAVAILABLE.asRuntimeException()));
        assertThat(trailer(failure(healthy), "x-mesh-retry")).isNull();
    }

    @ParameterizedTest
    @EnumSource(Status.Code.class)
    void everyCodeHasAStatus(Status.Code code) {
        assertThat(Codes.http(code)).isBetween(200, 599);
        assertThat(Codes.http(code) >= 500)
                .isEqualTo(List.of(
                                Status.Code.UNKNOWN,
                                Status.Code.INTERNAL,
                                Status.Code.DATA_LOSS,
                                Status.Code.UNIMPLEMENTED,
                                Status.Code.UNAVAILABLE,
                                Status.Code.DEADLINE_EXCEEDED)
                        .contains(code));
    }

    @Test
    void aDenialHasTheStatusOfItsCode() {
        assertThat(Codes.http(Status.Code.DEADLINE_EXCEEDED)).isEqualTo(Denial.EXPIRED.status());
        assertThat(Codes.http(Status.Code.UNAVAILABLE)).isEqualTo(Denial.OVERLOADED.status());
    }

    /** Hears how a call ends. */
    private static final class Ended extends ClientCall.Listener<String> {
        final BlockingQueue<Status.Code> statuses = new LinkedBlockingQueue<>();

        @Override
        public void onClose(Status status, Metadata trailers) {
            statuses.add(status.getCode());
        }
    }
}
