package io.tulle.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import io.tulle.api.context.CallContext;
import io.tulle.api.resource.Protocol;
import io.tulle.client.CallAlarm;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallLoop;
import io.tulle.core.call.CallMachine;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC driver: executes the commands of one {@link CallMachine} by calls of the channel below, several at once if the machine says so. What the
 * application sends and asks for takes its turn in the same loop, so that every attempt gets the same in the same order. No thread waits here.
 */
final class CallRun<Q, R> extends CallAlarm implements CallLoop.Driver, Context.CancellationListener {
    final Channel next;
    final MethodDescriptor<Q, R> method;
    final CallOptions options;
    final Metadata headers;
    final Outlet<R> outlet;
    final Replay<Q> replay;
    final CallLoop loop;

    /** The application's context without its deadline and cancellation, which are the machine's business. */
    final Context wireContext;

    private final Wiring wiring;
    private List<WireAttempt<Q, R>> wires =
            List.of(); // those that have not ended; the thread that drains; never changed
    private volatile List<WireAttempt<Q, R>> out = wires; // those that get what the application sends
    private boolean committed; // the thread that drains
    private int requested; // the thread that drains
    private @Nullable Place<R> place; // the thread that drains; while no attempt is out
    private volatile @Nullable Thread picking;
    private volatile @Nullable Status last; // what the channel below has said last
    private volatile @Nullable Status given; // why the application has cancelled

    /** {@code headers} are the application's, and are not changed. */
    CallRun(MeshClientCall<Q, R> call, ClientCall.Listener<R> listener, Metadata headers) {
        wiring = call.wiring;
        next = call.next;
        method = call.method;
        options = call.options;
        this.headers = headers;
        outlet = new Outlet<>(listener, options, call.served, this::cancel);
        wireContext = outlet.context().equals(Context.ROOT)
                ? Context.ROOT
                : outlet.context().fork();
        replay = new Replay<>(options.getOption(MeshChannels.REPLAY_LIMIT));
        loop = new CallLoop(machine(call.bounds), this, wiring.runtime().ticker());
    }

    private CallMachine machine(CallContext bounds) {
        ServiceSnapshot service = wiring.engine().snapshot().byHost(wiring.host());
        GrpcRequestHead head = new GrpcRequestHead(method, headers, replay, wiring.paths());
        return wiring.engine().newCall(wiring.host(), service, head, Deadlines.bounded(options), bounds);
    }

    // ---- the application ----

    void start() {
        outlet.context().addListener(this, Runnable::run);
        loop.start();
        if (loop.machine().verdict() != null) {
            outlet.context()
                    .removeListener(this); // again: it may have been cancelled before there was something to remove
        }
    }

    /** Sends a message, or another step that each attempt must see. */
    void step(Consumer<ClientCall<Q, ?>> step) {
        loop.run(() -> {
            if (!committed) {
                replay.add(step);
            }
            toWires(step);
        });
    }

    void request(int count) {
        loop.run(() -> {
            int sum = requested + count;
            requested = sum < 0 ? Integer.MAX_VALUE : sum; // which means no end, and stays so
            toWires(call -> call.request(count));
        });
    }

    private void toWires(Consumer<? super ClientCall<Q, R>> step) {
        List<WireAttempt<Q, R>> current = out;
        for (int i = 0; i < current.size(); i++) {
            ClientCall<Q, R> call = current.get(i).call();
            if (call != null) {
                step.accept(call);
            }
        }
    }

    /** Cancels the call; {@code reason} is what the application is told. The first reason counts. */
    void cancel(Status reason) {
        if (given == null) {
            given = reason;
        }
        loop.cancel();
    }

    /** The application's context is over. */
    @Override
    public void cancelled(Context context) {
        if (!Deadlines.endedBy(context)) {
            cancel(Contexts.statusFromCancelled(context));
        }
    }

    /** Returns whether an attempt takes more without buffering much. */
    boolean ready() {
        List<WireAttempt<Q, R>> current = out;
        for (int i = 0; i < current.size(); i++) {
            ClientCall<Q, R> call = current.get(i).call();
            if (call != null && call.isReady()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the call below that the application's is, as far as there is one. */
    @Nullable
    ClientCall<Q, R> wire() {
        List<WireAttempt<Q, R>> current = out;
        return current.isEmpty() ? null : current.get(0).anyCall();
    }

    // ---- attempts ----

    long now() {
        return wiring.runtime().ticker().nanos();
    }

    long newestVersion() {
        return wiring.engine().snapshot().version();
    }

    /**
     * Has the call, which waits for an endpoint, go by the newest configuration of its service, as long as that is one that gRPC can call. The thread that drains.
     *
     * @return whether the call goes on
     */
    boolean rerouted() {
        ServiceSnapshot newest = wiring.engine().snapshot().byHost(wiring.host());
        if (newest != null && newest.protocol() == Protocol.GRPC) {
            loop.machine().reroute(newest, now());
        }
        return loop.machine().verdict() == null;
    }

    /** Returns whether what {@code refusal} says cannot change any more: no endpoint will come to a mesh that was closed. */
    boolean hopeless(@Nullable Verdict refusal) {
        return refusal == Verdict.NO_ENDPOINTS && wiring.changes().over();
    }

    /** Returns whether this thread drains and does what makes the channel pick: a pick is then in turn. */
    boolean picking() {
        return Thread.currentThread().equals(picking);
    }

    /** Has the channel pick again what could not be picked because somebody was draining, when that is done. */
    void pickAgain(MeshPicker picker) {
        loop.run(() -> {
            picking = Thread.currentThread();
            try {
                picker.again();
            } finally {
                picking = null;
            }
        });
    }

    /** Returns what writes the headers of an attempt into those of its stream. */
    AttemptMetadata metadata(Metadata stream) {
        return new AttemptMetadata(headers, stream, wiring.timeouts());
    }

    void closed(Status status) {
        last = status;
    }

    /** An attempt has ended. It is forgotten after the machine has heard of it: when none is left then, the call waits. */
    void ended(WireAttempt<Q, R> wire, Outcome outcome) {
        loop.end(wire.attempt, outcome);
        loop.run(() -> {
            wires(without(wire));
        });
    }

    /** Has the channel end this call, too, when it is shut down now, although no attempt is there. */
    private void standBy() {
        place = Place.in(
                next,
                method,
                status -> loop.run(() -> {
                    if (place != null) {
                        place = null;
                        cancel(Place.told(loop.machine().service(), "another attempt", status));
                    }
                }));
    }

    private void leavePlace() {
        Place<R> taken = place;
        place = null;
        Place.leave(taken);
    }

    // ---- commands: the thread that drains ----

    @Override
    public void dispatch(Attempt attempt) {
        WireAttempt<Q, R> wire = new WireAttempt<>(this, attempt);
        wires(with(wire));
        picking = Thread.currentThread();
        try {
            wire.start(requested);
        } catch (RuntimeException e) {
            wire.broken(e);
        } finally {
            picking = null;
        }
        leavePlace();
    }

    @Override
    public void cancel(Attempt attempt) {
        WireAttempt<Q, R> wire = wire(attempt);
        if (wire != null) {
            wire.cancel(reason());
        }
    }

    @Override
    public void commit(Attempt attempt) {
        WireAttempt<Q, R> wire = wire(attempt);
        if (wire != null) {
            committed = true;
            out = wires.size() == 1 ? wires : List.of(wire);
            replay.drop();
            wire.commit();
        }
    }

    @Override
    public void complete() {
        disarm();
        leavePlace();
        outlet.context().removeListener(this);
        if (!committed) {
            out = List.of();
            replay.drop();
            Status status = failure();
            outlet.later(() -> outlet.close(status, new Metadata()));
        }
    }

    @Override
    public void await(long wakeAtNanos) {
        if (wires.isEmpty() && place == null) {
            standBy();
        }
        wakeAt(wakeAtNanos);
        arm();
    }

    @Override
    protected MeshRuntime runtime() {
        return wiring.runtime();
    }

    @Override
    protected void ring() {
        outlet.execute(loop::timer);
    }

    private void wires(List<WireAttempt<Q, R>> present) {
        wires = present;
        if (!committed) {
            out = present;
        }
    }

    private List<WireAttempt<Q, R>> with(WireAttempt<Q, R> wire) {
        if (wires.isEmpty()) {
            return List.of(wire);
        }
        List<WireAttempt<Q, R>> more = new ArrayList<>(wires);
        more.add(wire);
        return more;
    }

    private List<WireAttempt<Q, R>> without(WireAttempt<Q, R> wire) {
        if (wires.size() == 1 && wires.contains(wire)) {
            return List.of();
        }
        List<WireAttempt<Q, R>> fewer = new ArrayList<>(wires);
        fewer.remove(wire);
        return fewer;
    }

    private @Nullable WireAttempt<Q, R> wire(Attempt attempt) {
        for (int i = 0; i < wires.size(); i++) {
            if (wires.get(i).attempt.equals(attempt)) {
                return wires.get(i);
            }
        }
        return null;
    }

    // ---- what the application is told ----

    private Status reason() {
        if (loop.machine().rejectedBy() == Stage.DEADLINE) {
            return late(loop.machine().service());
        }
        Status own = given;
        return own == null ? Status.CANCELLED : own;
    }

    /** Returns what the application is told when the server was the first to say that the time is over. Any thread. */
    Status late() {
        return late(wiring.host());
    }

    private static Status late(String service) {
        return Status.DEADLINE_EXCEEDED.withDescription(
                service + ": the deadline has passed while the response was awaited or read");
    }

    private Status failure() {
        CallMachine machine = loop.machine();
        Verdict verdict = machine.verdict();
        Status own = given;
        Status below = last;
        if (verdict == Verdict.CANCELLED) {
            return own != null ? own : below != null ? below : Status.CANCELLED;
        }
        Verdict known = verdict == null ? Verdict.FAILED : verdict;
        String message = machine.message();
        CallFailure cause = new CallFailure(message, known, below == null ? null : below.getCause());
        if (known == Verdict.FAILED && below != null) {
            String detail = below.getDescription() == null ? "" : ": " + below.getDescription();
            return (below.isOk() ? Status.UNAVAILABLE : below)
                    .withDescription(message + detail)
                    .withCause(cause);
        }
        return Codes.of(known).toStatus().withDescription(message).withCause(cause);
    }
}
