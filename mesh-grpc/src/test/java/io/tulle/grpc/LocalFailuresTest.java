package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.CompositeChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.snapshot.Endpoint;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails on this side is held against no endpoint and not repeated, and the caller hears of it as of any gRPC channel. */
class LocalFailuresTest {
    private static final TrafficPolicy.OutlierDetection EAGER = TrafficPolicy.OutlierDetection.builder()
            .consecutiveFailures(1)
            .maxEjectionPercent(100)
            .panicThresholdPercent(0)
            .build();

    /** Credentials that never come. */
    private static final CallCredentials NEVER = new CallCredentials() {
        @Override
        public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {}
    };

    private static final Executor FULL = task -> {
        throw new RejectedExecutionException("full");
    };

    private final Rig rig = new Rig();
    private final TestServer a = rig.server("a");
    private final TestServer b = rig.server("b");

    @AfterEach
    void close() {
        rig.close();
    }

    /** Credentials that cannot be had: their own call has failed by {@code code}. */
    private static CallCredentials without(Status.Code code) {
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
                executor.execute(() -> applier.fail(code.toStatus().withDescription("no token")));
            }
        };
    }

    private Status failure(MethodDescriptor<String, String> method, CallOptions options) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> rig.call(method, options))
                .getStatus();
    }

    private void assertThatNobodyWasBlamed(String facts) {
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("CANCELLED"));
        assertThat(rig.attempts).hasSize(1);
        assertThat(rig.attempts.get(0)).contains("error=CANCELLED", facts);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "UNAUTHENTICATED", "INTERNAL", "CANCELLED"})
    void credentialsThatFail(Status.Code code) {
        Status status = failure(Rig.GET, CallOptions.DEFAULT.withCallCredentials(without(code)));
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getDescription()).isEqualTo("no token");
        assertThatNobodyWasBlamed("processed=NO");
    }

    @Test
    void credentialsOfTheChannelThatFail() {
        rig.channel(Grpc.newChannelBuilder(
                        "mesh:///ratings",
                        CompositeChannelCredentials.create(
                                InsecureChannelCredentials.create(), without(Status.Code.UNAVAILABLE)))
                .setNameResolverArg(MeshResolverProvider.MESH, rig.mesh));
        assertThat(failure(Rig.GET, CallOptions.DEFAULT).getDescription()).isEqualTo("no token");
        assertThatNobodyWasBlamed("processed=NO");
    }

    /** They run out of time, which is held against an endpoint only once a connection has the stream. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void credentialsThatHang(boolean hanging) {
        rig.call(Rig.GET); // so that there is a connection
        rig.policy(TrafficPolicy.Spec.defaults("ratings").withOutlierDetection(EAGER));
        rig.route(Route.Rule.builder()
                .retry(Route.Retry.builder()
                        .attempts(2)
                        .attemptTimeout(Duration.ofMillis(100))
                        .backoff(Duration.ofMillis(1), Duration.ofMillis(1))
                        .build())
                .build());
        a.silent();
        b.silent();
        CallOptions options = hanging ? CallOptions.DEFAULT.withCallCredentials(NEVER) : CallOptions.DEFAULT;

        assertThat(failure(Rig.GET, options).getCode()).isEqualTo(Status.Code.UNAVAILABLE);

        Awaitility.await().until(() -> rig.verdicts.size() == 2 && rig.attempts.size() == 3);
        assertThat(rig.verdicts).last().isEqualTo("FAILED");
        assertThat(rig.attempts.subList(1, rig.attempts.size())).allMatch(attempt -> attempt.contains("error=TIMEOUT"));
        assertThat(rig.mesh.engine().snapshot().services())
                .allMatch(service -> service.endpoints().stream().allMatch(Endpoint::healthy) == hanging
                        || service.endpoints().isEmpty());
    }

    private void assertThatAllAreHealthy() {
        assertThat(rig.mesh.engine().snapshot().byHost("ratings").endpoints()).allMatch(Endpoint::healthy);
    }

    /** Of an attempt whose answer cannot be told; and of others, because grpc-java gives up the connection by which that has come. */
    @Test
    void anExecutorThatTakesNothing() {
        rig.remove("b");
        a.answering((call, messages) -> {
            if (!messages.contains("wait")) {
                call.sendHeaders(new Metadata());
                call.sendMessage("answer");
                call.close(Status.OK, new Metadata());
            }
        });
        rig.shared().getState(true);
        Awaitility.await().until(() -> rig.shared().getState(false) == ConnectivityState.READY);
        rig.policy(TrafficPolicy.Spec.defaults("ratings").withOutlierDetection(EAGER));
        rig.route(Route.Rule.builder()
                .retry(Route.Retry.builder()
                        .attempts(1)
                        .attemptTimeout(Duration.ofSeconds(2))
                        .build())
                .build());
        Conversation other = rig.open(Rig.GET, CallOptions.DEFAULT).say("wait").over();
        Awaitility.await().until(() -> a.calls.size() == 1);
        Conversation untold = rig.open(Rig.GET, CallOptions.DEFAULT.withExecutor(FULL))
                .say("q")
                .over();

        assertThat(other.awaitEnd().getCause()).hasRootCauseMessage("full");
        assertThatAllAreHealthy();
        assertThat(untold.awaitEnd().isOk()).isFalse();
        Awaitility.await().until(() -> rig.attempts.size() == 2);
        assertThat(rig.attempts).last().asString().contains("error=TIMEOUT");
        assertThatAllAreHealthy();
    }

    @Test
    void aCallEndsAlsoWhenItsExecutorTakesNothing() {
        a.silent();
        b.silent();
        rig.shared().getState(true);
        Awaitility.await().until(() -> rig.shared().getState(false) == ConnectivityState.READY);
        Conversation call = rig.open(Rig.GET, CallOptions.DEFAULT.withExecutor(FULL))
                .say("q")
                .over();
        Awaitility.await().until(() -> a.calls.size() + b.calls.size() == 1);
        call.call.cancel("enough", null);
        assertThat(call.awaitEnd().getDescription()).isEqualTo("enough");
        assertThatNobodyWasBlamed("processed=MAYBE");
        assertThat(rig.inFlight()).isZero();
    }

    @Test
    void aResponseThatCannotBeParsed() {
        MethodDescriptor<String, String> method =
                Rig.GET.toBuilder().setResponseMarshaller(new Unable()).build();
        Status status = failure(method, CallOptions.DEFAULT);
        assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
        assertThat(status.getCause()).hasMessage("what is this?");
        assertThatNobodyWasBlamed(" 200 ");
    }

    /** It is told apart from a peer that has reset the stream by grpc-java's text: this holds that against the version in use. */
    @Test
    void aResponseThatIsLargerThanThisSideTakes() {
        Status status = failure(Rig.GET, CallOptions.DEFAULT.withMaxInboundMessageSize(2));
        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThatNobodyWasBlamed(" 200 ");
    }

    @Test
    void aRequestThatCannotBeSerialized() {
        MethodDescriptor<String, String> method =
                Rig.GET.toBuilder().setRequestMarshaller(new Unable()).build();
        connect();
        Status status = failure(method, CallOptions.DEFAULT);
        assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
        assertThat(status.getCause()).hasMessage("what is q?");
        assertThatNobodyWasBlamed(" 0 ");
    }

    /** It is the server that has the limit, but this side that knows, and sends nothing. */
    @Test
    void metadataThatIsLargerThanTheServerTakes() {
        Metadata large = new Metadata();
        large.put(Metadata.Key.of("large", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));
        connect();
        Channel channel = ClientInterceptors.intercept(rig.shared(), MetadataUtils.newAttachHeadersInterceptor(large));
        Status status = catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> ClientCalls.blockingUnaryCall(channel, Rig.GET, CallOptions.DEFAULT, "q"))
                .getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThatNobodyWasBlamed("processed=NO");
    }

    /** So that the next call has an endpoint before it has a message. */
    private void connect() {
        rig.call(Rig.GET);
        Awaitility.await().until(() -> rig.verdicts.size() == 1);
        rig.verdicts.clear();
        rig.attempts.clear();
    }

    private static final class Unable implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            throw new IllegalStateException("what is " + value + "?");
        }

        @Override
        public String parse(InputStream stream) {
            throw new IllegalStateException("what is this?");
        }
    }
}
