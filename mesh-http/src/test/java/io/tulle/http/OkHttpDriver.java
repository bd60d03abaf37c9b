package io.tulle.http;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.time.Scheduler.Timer;
import io.tulle.testing.tck.Body;
import io.tulle.testing.tck.Caller;
import io.tulle.testing.tck.DriverUnderTest;
import io.tulle.testing.tck.ScriptedRequest;
import io.tulle.testing.tck.Seen;
import io.tulle.testing.tck.TckMesh;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The blocking OkHttp driver, real from {@code Call.Factory} down to the call of an attempt, which is fake. */
final class OkHttpDriver implements DriverUnderTest {
    /** Follows nothing above the machine either: a script's redirects are answers. */
    private static final OkHttpClient CLIENT =
            new OkHttpClient.Builder().followRedirects(false).build();

    @Override
    public Client connect(TckMesh mesh) {
        Call.Factory calls = new MeshCallFactory(
                mesh.engine(),
                mesh.runtime(),
                CLIENT,
                (endpoint, request, facts) -> new FakeCall(mesh.transport().open(endpoint), request, facts));
        return new BlockingClient(mesh, calls);
    }

    private static final class BlockingClient implements Client {
        private final TckMesh mesh;
        private final Call.Factory calls;
        private final List<Response> held = new ArrayList<>();

        BlockingClient(TckMesh mesh, Call.Factory calls) {
            this.mesh = mesh;
            this.calls = calls;
        }

        @Override
        public Seen call(ScriptedRequest scripted) {
            Call call = calls.newCall(request(scripted));
            Caller caller = scripted.call().caller();
            Timer cancellation = caller.cancelAfter() == null
                    ? () -> {}
                    : mesh.clock()
                            .scheduleCaller(
                                    mesh.clock().nanos() + caller.cancelAfter().toNanos(), call::cancel);
            try {
                Response response = call.execute();
                return Seen.response(response.code(), use(response, caller));
            } catch (MeshIOException e) {
                return Seen.failed(e.verdict());
            } catch (IOException e) {
                throw new AssertionError("a mesh call failed otherwise than with a MeshIOException", e);
            } finally {
                if (!caller.hold()) {
                    cancellation.cancel();
                }
            }
        }

        private Seen.BodyEnd use(Response response, Caller caller) {
            if (caller.hold()) {
                held.add(response);
                return Seen.BodyEnd.HELD;
            }
            try (response) {
                if (caller.closeAfter() != null) {
                    mesh.clock().advance(caller.closeAfter());
                    return Seen.BodyEnd.CLOSED;
                }
                response.body().bytes();
                return Seen.BodyEnd.COMPLETE;
            } catch (IOException e) {
                return Seen.BodyEnd.BROKEN;
            }
        }

        private static Request request(ScriptedRequest scripted) {
            Request.Builder request = new Request.Builder()
                    .url("http://" + scripted.call().host() + scripted.path())
                    .tag(MeshCallOptions.class, scripted.call().options());
            scripted.call().headers().forEach(request::header);
            RequestBody body = scripted.call().body() == Body.NONE ? null : new ScriptedBody(scripted);
            boolean wantsBody = List.of("POST", "PUT", "PATCH").contains(scripted.method());
            return request.method(
                            scripted.method(), body == null && wantsBody ? RequestBody.create(new byte[0], null) : body)
                    .build();
        }

        @Override
        public void close() {
            held.forEach(Response::close);
        }
    }
}
