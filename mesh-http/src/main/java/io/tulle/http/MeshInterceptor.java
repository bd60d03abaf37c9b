package io.tulle.http;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Response;

/** The last application interceptor of a call into the mesh: runs it instead of proceeding. */
final class MeshInterceptor implements Interceptor {
    private final Wiring wiring;

    MeshInterceptor(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Call outer = chain.call();
        Carried carried = outer.tag(Carried.class);
        long made = carried == null ? wiring.runtime.ticker().nanos() : carried.madeNanos();
        BlockingCall call = new BlockingCall(
                wiring,
                carried == null ? null : carried.listener(),
                chain.request(),
                wiring.timeoutNanos(outer.timeout(), made));
        call.madeAt(made);
        outer.addEventListener(new EventListener() {
            @Override
            public void canceled(Call cancelled) {
                call.cancel();
            }
        });
        if (outer.isCanceled()) {
            call.cancel();
        }
        return call.execute();
    }
}
