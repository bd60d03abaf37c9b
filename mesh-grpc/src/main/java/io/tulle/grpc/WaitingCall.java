package io.tulle.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tulle.api.context.CallContext;
import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler;
import io.tulle.client.FirstUse;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits before it is made: for a service that this process does not know yet, or, when it is to wait until it is ready, for a first endpoint. It keeps
 * what the application does meanwhile. No thread waits here.
 */
final class WaitingCall<Q, R> extends ClientCall<Q, R> {
    private final Wiring wiring;
    private final Channel next;
    private final MethodDescriptor<Q, R> method;
    private final CallOptions options;
    private final CallContext served;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final Runnable news = this::look;
    private final Context.CancellationListener abandoned = this::abandon;
    private final ReentrantLock lock = new ReentrantLock(); // guards early, and that nothing goes past it
    private List<Consumer<ClientCall<Q, R>>> early = new ArrayList<>();
    private volatile @Nullable ClientCall<Q, R> real;
    private volatile @Nullable Outlet<R> outlet;
    private volatile Scheduler.@Nullable Timer timer;
    private volatile @Nullable Place<R> place;
    private long until; // when the call must be over

    WaitingCall(Wiring wiring, Channel next, MethodDescriptor<Q, R> method, CallOptions options, CallContext served) {
        this.wiring = wiring;
        this.next = next;
        this.method = method;
        this.options = options;
        this.served = served;
    }

    /** Returns whether a call has something to wait for. */
    static boolean waits(Wiring wiring, @Nullable ServiceSnapshot service, CallOptions options) {
        if (wiring.changes().over()) {
            return false;
        }
        if (service == null) {
            return wiring.firstUse().ask(wiring.host()) || options.isWaitForReady();
        }
        return options.isWaitForReady() && service.endpoints().isEmpty();
    }

    @Override
    public void start(Listener<R> listener, Metadata headers) {
        Outlet<R> way = new Outlet<>(listener, options, served, this::settle);
        outlet = way;
        long now = wiring.runtime().ticker().nanos();
        until = Instants.earlier(Deadlines.at(options, now), served.deadlineNanos());
        later(call -> call.start(listener, headers));
        wiring.changes().follow(news);
        way.context().addListener(abandoned, Runnable::run);
        wakeAt(Instants.earlier(
                until, options.isWaitForReady() ? Instants.NEVER : Instants.after(now, FirstUse.PATIENCE)));
        look();
        if (!settled.get()) {
            place = Place.in(
                    next, method, status -> settle(Place.told(wiring.host(), "an instance of the service", status)));
        }
        if (settled.get()) {
            letGo(way); // again: it may have been settled before there was something to let go
        }
    }

    /** At the deadline, too, the call is made: to be refused, and booked, like any other. */
    private void wakeAt(long at) {
        if (at != Instants.NEVER) {
            timer = wiring.runtime().scheduler().schedule(at, () -> settle(null));
        }
    }

    private void abandon(Context context) {
        if (!Deadlines.endedBy(context)) {
            settle(Contexts.statusFromCancelled(context));
        }
    }

    /** There is news, which may be what is waited for. */
    private void look() {
        if (!waits(wiring, wiring.engine().snapshot().byHost(wiring.host()), options)) {
            settle(null);
        }
    }

    /** Ends the waiting: with a call, or with a failure. The first to do so wins. */
    private void settle(@Nullable Status failure) {
        Outlet<R> way = outlet;
        if (way == null || !settled.compareAndSet(false, true)) {
            return;
        }
        letGo(way);
        if (failure == null) {
            way.execute(() -> way.context().run(this::begin));
        } else {
            way.later(() -> way.close(failure, new Metadata()));
        }
    }

    private void letGo(Outlet<R> way) {
        wiring.changes().leave(news);
        way.context().removeListener(abandoned);
        Scheduler.Timer set = timer;
        if (set != null) {
            set.cancel();
        }
        Place.leave(place);
    }

    private void begin() {
        ClientCall<Q, R> call = new MeshClientCall<>(wiring, next, method, options, served).until(until);
        while (true) {
            List<Consumer<ClientCall<Q, R>>> steps;
            lock.lock();
            try {
                if (early.isEmpty()) {
                    real = call;
                    return;
                }
                steps = early;
                early = new ArrayList<>();
            } finally {
                lock.unlock();
            }
            steps.forEach(step -> step.accept(call));
        }
    }

    private void later(Consumer<ClientCall<Q, R>> step) {
        ClientCall<Q, R> call = real;
        if (call == null) {
            lock.lock();
            try {
                call = real;
                if (call == null) {
                    early.add(step);
                    return;
                }
            } finally {
                lock.unlock();
            }
        }
        step.accept(call);
    }

    @Override
    public void request(int count) {
        later(call -> call.request(count));
    }

    @Override
    public void sendMessage(Q message) {
        later(call -> call.sendMessage(message));
    }

    @Override
    public void halfClose() {
        later(ClientCall::halfClose);
    }

    @Override
    public void setMessageCompression(boolean enabled) {
        later(call -> call.setMessageCompression(enabled));
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
        settle(Cancellation.status(message, cause));
        later(call -> call.cancel(message, cause)); // if the call was made, or is being made
    }

    @Override
    public boolean isReady() {
        ClientCall<Q, R> call = real;
        return call != null && call.isReady();
    }

    @Override
    public Attributes getAttributes() {
        ClientCall<Q, R> call = real;
        return call == null ? Attributes.EMPTY : call.getAttributes();
    }
}
