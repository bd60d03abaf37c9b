package io.tulle.http;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.time.Scheduler.Timer;
import io.tulle.testing.FakeExchange;
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
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** An OkHttp driver, real from {@code Call.Factory} down to the call of an attempt, which is fake. */
final class OkHttpDriver implements DriverUnderTest {
    /** How a call is made. */
    @FunctionalInterface
    interface Style {
        /** Makes {@code call} and waits for its response. */
        Response response(TckMesh mesh, Call call) throws IOException;
    }

    private final String name;
    private final Style style;

    private OkHttpDriver(String name, Style style) {
        this.name = name;
        this.style = style;
    }

    /** The blocking driver. */
    static OkHttpDriver execute() {
        return new OkHttpDriver("OkHttp execute", (mesh, call) -> call.execute());
    }

    /** The asynchronous one; a response is used by the application's own thread. */
    static OkHttpDriver enqueue() {
        return new OkHttpDriver("OkHttp enqueue", (mesh, call) -> {
            Answer answer = new Answer(call);
            call.enqueue(answer);
            mesh.clock().runUntil(answer::told);
            return answer.response();
        });
    }

    @Override
    public String name() {
        return name;
    }

    /** Follows nothing above the machine either: a script's redirects are answers. */
    @Override
    public Client connect(TckMesh mesh) {
        OkHttpClient client = new OkHttpClient.Builder()
                .followRedirects(false)
                .dispatcher(new Dispatcher(new ClockExecutor(mesh.clock())))
                .build();
        Call.Factory calls = new MeshCallFactory(
                mesh.engine(),
                mesh.runtime(),
                client,
                (endpoint, request, facts) -> new FakeCall(mesh.transport().open(endpoint), request, facts));
        return new StyledClient(mesh, calls, style);
    }

    private static final class StyledClient implements Client {
        private final TckMesh mesh;
        private final Call.Factory calls;
        private final Style style;
        private final List<Response> held = new ArrayList<>();

        StyledClient(TckMesh mesh, Call.Factory calls, Style style) {
            this.mesh = mesh;
            this.calls = calls;
            this.style = style;
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
            Seen seen = seen(call, caller);
            if (!caller.hold()) {
                mesh.clock().runUntil(this::allOver);
                cancellation.cancel();
            }
            return seen;
        }

        private Seen seen(Call call, Caller caller) {
            try {
                Response response = style.response(mesh, call);
                return Seen.response(response.code(), use(response, caller));
            } catch (MeshIOException e) {
                return Seen.failed(e.verdict());
            } catch (IOException e) {
                throw new AssertionError("a mesh call failed otherwise than with a MeshIOException", e);
            }
        }

        /** Held responses belong to earlier calls. */
        private boolean allOver() {
            long open = mesh.transport().exchanges().stream()
                    .map(FakeExchange::outcome)
                    .filter(outcome -> outcome == null)
                    .count();
            return open <= held.size();
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
