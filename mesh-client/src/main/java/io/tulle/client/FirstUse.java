package io.tulle.client;

import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource;
import io.tulle.api.time.Scheduler;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.snapshot.MeshSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The first call to a service that this process does not know yet: asks the source for it, and lets the caller wait for the answer. Calls to services that are
 * known never come here. Thread-safe.
 */
public final class FirstUse {
    /** How long a first call waits at most, less than its deadline: 2 s. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private final MeshEngine engine;
    private final MeshRuntime runtime;
    private final ResourceSource source;
    private final Changes changes;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    FirstUse(MeshEngine engine, MeshRuntime runtime, ResourceSource source, Changes changes) {
        this.engine = engine;
        this.runtime = runtime;
        this.source = source;
        this.changes = changes;
    }

    /**
     * Asks for the service that {@code host} means, without waiting: see {@link Mesh#changes}.
     *
     * @return whether an answer may still come soon
     */
    public boolean ask(String host) {
        return source.subscribe(engine.snapshot().serviceOf(host));
    }

    /**
     * Waits until the service that {@code host} means is known, is known not to exist, or cannot be expected to come soon. Call it for a host that the configuration
     * in force claims and does not know. To give it up early, make {@code givenUp} true and unpark the thread by the runtime's parker.
     *
     * @param nanos how long the caller can wait; bounded by {@link #PATIENCE}
     * @return the configuration in force after that
     */
    public MeshSnapshot await(String host, long nanos, BooleanSupplier givenUp) throws InterruptedException {
        String service = engine.snapshot().serviceOf(host);
        if (!source.subscribe(service)) {
            return engine.snapshot();
        }
        long until = until(nanos);
        Thread caller = Thread.currentThread();
        Runnable waking = () -> runtime.parker().unpark(caller);
        waiting.add(waking);
        try {
            while (!givenUp.getAsBoolean() && expected(service, until)) {
                runtime.parker().parkUntil(until);
            }
        } finally {
            waiting.remove(waking);
        }
        return engine.snapshot();
    }

    /**
     * Waits as {@link #await} does, without a thread: calls {@code then} once, with the configuration in force after that. It is called on this thread when
     * there is nothing to wait for; else on the one that brings the news, or the timer's, so it must be short.
     */
    public void whenKnown(String host, long nanos, Consumer<MeshSnapshot> then) {
        String service = engine.snapshot().serviceOf(host);
        if (!source.subscribe(service)) {
            then.accept(engine.snapshot());
            return;
        }
        Expectation wait = new Expectation(service, until(nanos), then);
        waiting.add(wait);
        wait.start();
    }

    private long until(long nanos) {
        return runtime.ticker().nanos() + Math.min(nanos, PATIENCE.toNanos());
    }

    private boolean expected(String service, long until) {
        return engine.snapshot().byName(service) == null
                && runtime.ticker().nanos() - until < 0
                && source.subscribe(service);
    }

    /** A wait without a thread. */
    private final class Expectation implements Runnable {
        private final String service;
        private final long until;
        private final Consumer<MeshSnapshot> then;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Scheduler.@Nullable Timer patience;

        Expectation(String service, long until, Consumer<MeshSnapshot> then) {
            this.service = service;
            this.until = until;
            this.then = then;
        }

        void start() {
            patience = runtime.scheduler().schedule(until, this);
            run(); // what has come since
        }

        /** There may be news, or none will come. */
        @Override
        public void run() {
            if (expected(service, until) || !over.compareAndSet(false, true)) {
                return;
            }
            waiting.remove(this);
            Scheduler.Timer armed = patience;
            if (armed != null) {
                armed.cancel();
            }
            then.accept(engine.snapshot());
        }
    }

    /** Returns a sink that passes everything on to the engine and wakes those who wait. */
    ResourceSource.Sink sink() {
        return new Waking();
    }

    private final class Waking implements ResourceSource.Sink {
        @Override
        public void accept(List<Resource> resources) {
            engine.accept(resources);
            wake();
        }

        @Override
        public void absent(String service, List<String> near) {
            engine.absent(service, near);
            wake();
        }

        @Override
        public void namespaces(Collection<String> namespaces) {
            engine.namespaces(namespaces);
        }

        @Override
        public void rejected(String reason) {
            engine.rejected(reason);
        }

        private void wake() {
            waiting.forEach(Runnable::run);
            changes.tell();
        }
    }
}
