package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.tulle.api.call.Verdict;
import io.tulle.api.time.Scheduler.Timer;
import io.tulle.testing.tck.Body;
import io.tulle.testing.tck.Caller;
import io.tulle.testing.tck.DriverUnderTest;
import io.tulle.testing.tck.Scenario;
import io.tulle.testing.tck.ScriptedRequest;
import io.tulle.testing.tck.Seen;
import io.tulle.testing.tck.TckMesh;
import org.jspecify.annotations.Nullable;

/** The gRPC driver, real from the interceptor down to the call of an attempt, which is fake; its picker is real. */
final class GrpcDriver implements DriverUnderTest {
    static final String FIRST = "question";

    private final MethodType type;

    GrpcDriver(MethodType type) {
        this.type = type;
    }

    @Override
    public String name() {
        return type == MethodType.UNARY ? "gRPC unary" : "gRPC streaming";
    }

    @Override
    public Scenario adapted(Scenario scenario) {
        return GrpcScenario.of(scenario);
    }

    @Override
    public @Nullable String notApplicable(Scenario scenario) {
        return GrpcScenario.notApplicable(scenario);
    }

    @Override
    public Client connect(TckMesh mesh) {
        return new Client() {
            @Override
            public Seen call(ScriptedRequest request) {
                return new OneCall(mesh, request).run();
            }

            @Override
            public void close() {}
        };
    }

    /** One call as an application makes it. */
    private final class OneCall extends ClientCall.Listener<String> {
        private final TckMesh mesh;
        private final ScriptedRequest scripted;
        private final ClientCall<String, String> call;
        private boolean headers;
        private @Nullable Status status;

        OneCall(TckMesh mesh, ScriptedRequest scripted) {
            this.mesh = mesh;
            this.scripted = scripted;
            CallOptions options = CallOptions.DEFAULT
                    .withExecutor(Runnable::run)
                    .withOption(MeshChannels.CALL_OPTIONS, scripted.call().options());
            if (scripted.call().body() == Body.ONE_SHOT) {
                options = options.withOption(MeshChannels.REPLAY_LIMIT, 0L);
            }
            call = new MeshInterceptor(Wiring.of(scripted.call().host(), mesh.mesh()))
                    .interceptCall(
                            Methods.of("Call", type, scripted.idempotent()), options, new FakeChannel(mesh, scripted));
        }

        Seen run() {
            Caller caller = scripted.call().caller();
            Timer cancellation = caller.cancelAfter() == null
                    ? () -> {}
                    : mesh.clock()
                            .scheduleCaller(
                                    mesh.clock().nanos() + caller.cancelAfter().toNanos(),
                                    () -> call.cancel("enough", null));
            call.start(this, new Metadata());
            call.request(2);
            call.sendMessage(FIRST);
            if (type != MethodType.UNARY) {
                call.sendMessage("more");
            }
            call.halfClose();
            mesh.clock().runUntil(() -> status != null);
            cancellation.cancel();
            return seen(status);
        }

        private Seen seen(Status end) {
            if (headers) {
                return Seen.response(200, end.isOk() ? Seen.BodyEnd.COMPLETE : Seen.BodyEnd.BROKEN);
            }
            if (end.getCause() instanceof CallFailure failure) {
                return Seen.failed(failure.verdict());
            }
            return end.getCode() == Status.Code.CANCELLED
                    ? Seen.failed(Verdict.CANCELLED)
                    : Seen.response(Codes.http(end.getCode()), Seen.BodyEnd.COMPLETE);
        }

        @Override
        public void onHeaders(Metadata received) {
            headers = true;
        }

        @Override
        public void onMessage(String message) {
            call.request(1);
        }

        @Override
        public void onClose(Status end, Metadata trailers) {
            if (status != null) {
                throw new IllegalStateException("closed twice: " + status + ", then " + end);
            }
            status = end;
        }
    }
}
