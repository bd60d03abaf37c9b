package io.tulle.benchmarks.micro;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.Outcome;
import io.tulle.api.call.RequestHead;
import io.tulle.api.call.ResponseHead;
import io.tulle.api.call.Verdict;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.TrafficPolicy.Algorithm;
import io.tulle.benchmarks.request.Get;
import io.tulle.client.observe.MicrometerListener;
import io.tulle.core.call.Attempt;
import io.tulle.core.call.CallMachine;
import io.tulle.core.call.Command;
import io.tulle.core.call.GuardedListener;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.snapshot.Reachable;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that our engine does for a call that succeeds at its first attempt: service by host, 20 rules of which the last matches, deadline, breaker,
 * budget, pick among 100 endpoints with ejection ledger and concurrency limit, head, end, verdict, listener. The clock is read twice. What a driver adds
 * (its queue, its timer, the wire) is not here.
 */
final class SuccessPath implements Task {
    private static final int ENDPOINTS = 100;
    private static final ResponseHead OK = new Head(200, -1);

    /** Has the headers that a client usually sends. */
    private static final RequestHead BOOK = new Get(
            Fixture.PATH,
            List.of("accept", "accept-encoding", "user-agent", "traceparent"),
            List.of("application/json", "gzip", "bench/1", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

    private final MeshEngine engine;

    @SuppressWarnings("unused") // kept where a driver would keep it
    private @Nullable CallMachine machine;

    private record Head(int status, long pushBackNanos) implements ResponseHead {}

    private SuccessPath(MeshEngine engine) {
        this.engine = engine;
    }

    /** With the client's meters, guarded as the client guards listeners. */
    static Supplier<Task> measured() {
        return tasks(GuardedListener.of(List.of(new MicrometerListener(new SimpleMeterRegistry()))));
    }

    /** With the least that metrics need, guarded too. */
    static Supplier<Task> counted() {
        return tasks(GuardedListener.of(List.of(new CountingListener())));
    }

    static Supplier<Task> bare() {
        return tasks(MeshListener.NONE);
    }

    private static Supplier<Task> tasks(MeshListener listener) {
        MeshEngine engine = Fixture.engine(Algorithm.PEAK_EWMA, ENDPOINTS, listener);
        return () -> new SuccessPath(engine);
    }

    @Override
    public Object run() {
        long start = System.nanoTime();
        CallMachine call =
                engine.newCall(Fixture.HOST, engine.snapshot().byHost(Fixture.HOST), BOOK, MeshCallOptions.DEFAULT);
        machine = call;
        call.start(start);
        expect(Command.DISPATCH, call.next());
        Attempt attempt = call.subject();
        Object endpoint = Objects.requireNonNull(attempt.pick(Reachable.ALL, start));
        expect(Command.AWAIT, call.next());
        long end = System.nanoTime();
        call.onHead(attempt, OK, end);
        expect(Command.COMMIT, call.next());
        expect(Command.AWAIT, call.next());
        call.onEnd(attempt, Outcome.COMPLETE, end);
        expect(Command.COMPLETE, call.next());
        if (call.verdict() != Verdict.SUCCESS) {
            throw new IllegalStateException("verdict: " + call.verdict() + " (expected: SUCCESS): " + call.message());
        }
        return endpoint;
    }

    private static void expect(Command expected, Command command) {
        if (command != expected) {
            throw new IllegalStateException("command: " + command + " (expected: " + expected + ")");
        }
    }
}
