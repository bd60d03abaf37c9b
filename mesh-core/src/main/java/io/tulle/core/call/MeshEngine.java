package io.tulle.core.call;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.api.call.RequestHead;
import io.tulle.api.context.CallContext;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource;
import io.tulle.api.spi.AttemptHeaders;
import io.tulle.api.time.RandomSource;
import io.tulle.api.time.Ticker;
import io.tulle.core.snapshot.Hearsay;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import io.tulle.core.snapshot.SnapshotCompiler;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link CallMachine} for each call from the configuration in force. Thread-safe; a call reads the configuration once, with one volatile read,
 * and keeps it to its end.
 */
public final class MeshEngine implements ResourceSource.Sink {
    private final Settings settings;
    private final SnapshotCompiler compiler;
    private final ReentrantLock applying = new ReentrantLock();
    private final MeshListener listener; // as in the settings; asked for at every event of every call
    private final CallTrace trace;
    private volatile MeshSnapshot snapshot;

    /**
     * What an engine is made of.
     *
     * @param namespace the process's own namespace, in which bare service names are looked up
     * @param ticker the clock, read only when a configuration is applied: calls are given the time
     * @param random where random draws come from
     * @param listener told of every decision; guard it yourself against exceptions ({@link GuardedListener})
     * @param classifier what counts as a failure
     * @param trace sees events and commands
     * @param headers adds to what the engine itself puts on every attempt
     */
    public record Settings(
            String namespace,
            Ticker ticker,
            RandomSource random,
            MeshListener listener,
            ResponseClassifier classifier,
            CallTrace trace,
            AttemptHeaders headers) {
        /** Returns settings without listener and trace, with the default classifier. */
        public static Settings of(String namespace, Ticker ticker, RandomSource random) {
            return new Settings(
                    namespace,
                    ticker,
                    random,
                    MeshListener.NONE,
                    ResponseClassifier.DEFAULT,
                    CallTrace.NONE,
                    AttemptHeaders.NONE);
        }

        /** Returns the same settings with another listener. */
        public Settings withListener(MeshListener newListener) {
            return new Settings(namespace, ticker, random, newListener, classifier, trace, headers);
        }

        /** Returns the same settings with another classifier. */
        public Settings withClassifier(ResponseClassifier newClassifier) {
            return new Settings(namespace, ticker, random, listener, newClassifier, trace, headers);
        }

        /** Returns the same settings with another trace. */
        public Settings withTrace(CallTrace newTrace) {
            return new Settings(namespace, ticker, random, listener, classifier, newTrace, headers);
        }

        /** Returns the same settings with other headers. */
        public Settings withHeaders(AttemptHeaders newHeaders) {
            return new Settings(namespace, ticker, random, listener, classifier, trace, newHeaders);
        }
    }

    /** Creates an engine without configuration. */
    public MeshEngine(Settings settings) {
        this.settings = settings;
        listener = settings.listener();
        trace = settings.trace();
        compiler = new SnapshotCompiler(settings.namespace(), settings.random(), settings.listener());
        snapshot = MeshSnapshot.empty(settings.namespace());
    }

    /** Compiles {@code resources} off the call path and puts them in force; what was learned about endpoints is kept. */
    @Override
    public void accept(List<Resource> resources) {
        settings.listener().configApplied(apply(resources).version(), resources.size());
    }

    private MeshSnapshot apply(List<Resource> resources) {
        applying.lock();
        try {
            MeshSnapshot next =
                    compiler.compile(resources, snapshot, settings.ticker().nanos());
            compiler.publish(next);
            snapshot = next;
            return next;
        } finally {
            applying.unlock();
        }
    }

    @Override
    public void absent(String service, List<String> near) {
        tell(hearsay -> hearsay.withAbsent(service, near));
    }

    @Override
    public void namespaces(Collection<String> namespaces) {
        tell(hearsay -> hearsay.withNamespaces(namespaces));
    }

    private void tell(UnaryOperator<Hearsay> news) {
        applying.lock();
        try {
            snapshot = snapshot.withHearsay(news.apply(snapshot.hearsay()));
        } finally {
            applying.unlock();
        }
    }

    @Override
    public void rejected(String reason) {
        settings.listener().configRejected(reason);
    }

    /** Returns the configuration in force. */
    public MeshSnapshot snapshot() {
        return snapshot;
    }

    /** Returns what a call belongs to that this thread makes now; drivers ask where the application makes it, and give it to {@link #newCall}. */
    public CallContext context() {
        CallContext current = CallContext.current();
        Object captured = settings.headers().capture();
        return captured == null ? current : current.carrying(captured);
    }

    /** Returns the machine of a new call that is made for no other. */
    public CallMachine newCall(
            String host, @Nullable ServiceSnapshot service, RequestHead request, MeshCallOptions options) {
        return newCall(host, service, request, options, CallContext.NONE);
    }

    /**
     * Returns the machine of a new call; the driver then starts it.
     *
     * @param host the name that the caller used, for messages
     * @param service what {@link MeshSnapshot#byHost} made of it; null rejects the call as unknown
     * @param context of the call that it is made for; its deadline bounds this one
     */
    public CallMachine newCall(
            String host,
            @Nullable ServiceSnapshot service,
            RequestHead request,
            MeshCallOptions options,
            CallContext context) {
        return new CallMachine(this, host, service, request, options, context);
    }

    /** Returns the serving side of {@code service} ({@code namespace/name}); make one per process, because it counts what is in flight. */
    public Inbound inbound(String service) {
        return new Inbound(this, service);
    }

    MeshListener listener() {
        return listener;
    }

    RandomSource random() {
        return settings.random();
    }

    ResponseClassifier classifier() {
        return settings.classifier();
    }

    CallTrace trace() {
        return trace;
    }

    AttemptHeaders headers() {
        return settings.headers();
    }
}
