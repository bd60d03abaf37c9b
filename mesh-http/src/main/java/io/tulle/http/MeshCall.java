package io.tulle.http;

import io.tulle.api.context.CallContext;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A call into the mesh as the application holds it, which goes straight to the mesh. What few calls need is made on demand by an OkHttp call that is the
 * carrier of such things: a timeout object, tags, and the chain of the application's interceptors, if there are any.
 */
final class MeshCall implements Call {
    private static final VarHandle EXECUTED;
    private static final VarHandle CARRIER;

    static {
        try {
            EXECUTED = MethodHandles.lookup().findVarHandle(MeshCall.class, "executed", boolean.class);
            CARRIER = MethodHandles.lookup().findVarHandle(MeshCall.class, "carrier", Call.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Wiring wiring;
    private final OkHttpClient carriers;
    private final Request request;
    private final boolean intercepted;
    private volatile boolean executed;
    private volatile boolean cancelled;
    private volatile @Nullable Call carrier;
    private volatile @Nullable LogicalCall running;
    private volatile @Nullable EventListener added;

    MeshCall(Wiring wiring, OkHttpClient carriers, Request request, boolean intercepted) {
        this.wiring = wiring;
        this.carriers = carriers;
        this.request = request;
        this.intercepted = intercepted;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public Response execute() throws IOException {
        begin();
        if (intercepted) {
            return carry(wiring.engine.context()).execute();
        }
        BlockingCall call = new BlockingCall(wiring, added, request, timeoutNanos());
        runs(call);
        return call.execute();
    }

    @Override
    public void enqueue(Callback responseCallback) {
        begin();
        if (intercepted) {
            CallContext context = wiring.engine.context();
            carry(context).enqueue(new CarriedCallback(this, responseCallback, context));
            return;
        }
        EnqueuedCall call = new EnqueuedCall(wiring, added, this, timeoutNanos(), responseCallback);
        runs(call);
        call.start();
    }

    private void runs(LogicalCall call) {
        running = call;
        if (cancelled) {
            call.cancel();
        }
    }

    private long timeoutNanos() {
        Call bearer = carrier;
        return bearer == null
                ? wiring.callTimeoutNanos
                : wiring.timeoutNanos(bearer.timeout(), wiring.runtime.ticker().nanos());
    }

    /** Returns the carrier, which runs the interceptors and then {@link MeshInterceptor}. */
    private Call carry(CallContext context) {
        Call bearer = carrier();
        long now = wiring.runtime.ticker().nanos();
        bearer.tag(Carried.class, () -> new Carried(context, added, now));
        return bearer;
    }

    private void begin() {
        if (!EXECUTED.compareAndSet(this, false, true)) {
            throw new IllegalStateException("Already Executed");
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        LogicalCall call = running;
        if (call != null) {
            call.cancel();
        }
        Call bearer = carrier;
        if (bearer != null) {
            bearer.cancel();
        }
    }

    @Override
    public boolean isExecuted() {
        return executed;
    }

    @Override
    public boolean isCanceled() {
        return cancelled;
    }

    @Override
    public Timeout timeout() {
        return carrier().timeout();
    }

    /** The listener hears the events of every attempt. */
    @Override
    public void addEventListener(EventListener eventListener) {
        EventListener before = added;
        added = before == null ? eventListener : before.plus(eventListener);
    }

    @Override
    public <T> @Nullable T tag(KClass<T> type) {
        return carrier().tag(type);
    }

    @Override
    public <T> @Nullable T tag(Class<? extends T> type) {
        return carrier().tag(type);
    }

    @Override
    public <T> T tag(KClass<T> type, Function0<? extends T> computeIfAbsent) {
        return carrier().tag(type, computeIfAbsent);
    }

    @Override
    public <T> T tag(Class<T> type, Function0<? extends T> computeIfAbsent) {
        return carrier().tag(type, computeIfAbsent);
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod") // a new call, not a copy of this one's state
    public Call clone() {
        return new MeshCall(wiring, carriers, request, intercepted);
    }

    private Call carrier() {
        Call existing = carrier;
        if (existing != null) {
            return existing;
        }
        Call made = carriers.newCall(request);
        Call first = (Call) CARRIER.compareAndExchange(this, null, made);
        Call kept = first == null ? made : first;
        if (cancelled) {
            kept.cancel();
        }
        return kept;
    }
}
