package io.tulle.core.call;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.RequestHead;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource;
import io.tulle.api.time.RandomSource;
import io.tulle.api.time.Ticker;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import io.tulle.core.snapshot.SnapshotCompiler;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link CallMachine} for each call from the configuration in force. Thread-safe; a call reads the configuration once, with one volatile read,
 * and keeps it to its end.
 */
public final class MeshEngine implements ResourceSource.Sink {
    private final Ticker ticker;
    private final RandomSource random;
    private final MeshListener listener;
    private final ResponseClassifier classifier;
    private final SnapshotCompiler compiler;
    private final ReentrantLock applying = new ReentrantLock();
    private volatile MeshSnapshot snapshot;

    /**
     * Creates an engine without configuration.
     *
     * @param namespace the process's own namespace, in which bare service names are looked up
     * @param ticker the clock, read only when a configuration is applied: calls are given the time
     * @param random where random draws come from
     * @param listener told of every decision; guard it yourself against exceptions ({@link GuardedListener})
     * @param classifier what counts as a failure
     */
    public MeshEngine(
            String namespace, Ticker ticker, RandomSource random, MeshListener listener, ResponseClassifier classifier) {
        this.ticker = ticker;
        this.random = random;
        this.listener = listener;
        this.classifier = classifier;
        compiler = new SnapshotCompiler(namespace, random, listener);
        snapshot = MeshSnapshot.empty(namespace);
    }

    /** Compiles {@code resources} off the call path and puts them in force; what was learned about endpoints is kept. */
    @Override
    public void accept(List<Resource> resources) {
        applying.lock();
        try {
            MeshSnapshot next = compiler.compile(resources, snapshot, ticker.nanos());
            compiler.publish(next);
            snapshot = next;
            listener.configApplied(next.version(), resources.size());
        } finally {
            applying.unlock();
        }
    }

    @Override
    public void rejected(String reason) {
        listener.configRejected(reason);
    }

    /** Returns the configuration in force. */
    public MeshSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Returns the machine of a new call; the driver then starts it.
     *
     * @param host the name that the caller used, for messages
     * @param service what {@link MeshSnapshot#byHost} made of it; null rejects the call as unknown
     */
    public CallMachine newCall(String host, @Nullable ServiceSnapshot service, RequestHead request, MeshCallOptions options) {
        return new CallMachine(this, host, service, request, options);
    }

    MeshListener listener() {
        return listener;
    }

    RandomSource random() {
        return random;
    }

    ResponseClassifier classifier() {
        return classifier;
    }
}
