package io.tulle.examples.bookshop.service;

import io.tulle.api.call.Verdict;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EjectionReason;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a storefront's calls come to: a listener of the mesh, or told by the client that does without. Thread-safe. */
public final class CallStats implements MeshListener {
    private final Map<String, TargetStats> targets = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> attempts = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<String> ejected = new ConcurrentSkipListSet<>();
    private final Map<String, Long> ejections = new ConcurrentHashMap<>();

    /** Returns the counters of a service, or of a subset when {@code subset} is not empty. */
    TargetStats target(String service, String subset) {
        String bare = service.substring(service.indexOf('/') + 1);
        return targets.computeIfAbsent(subset.isEmpty() ? bare : bare + "/" + subset, key -> new TargetStats());
    }

    /** An instance is tried. */
    void attempted(String instance) {
        attempts.computeIfAbsent(instance, key -> new LongAdder()).increment();
    }

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
        EndpointInfo endpoint = attempt.endpoint();
        if (endpoint != null) {
            attempted(endpoint.instanceName());
        }
    }

    @Override
    public void callEnded(CallInfo call) {
        target(call.service(), call.subset())
                .ended(call.endNanos() - call.startNanos(), call.verdict() == Verdict.SUCCESS);
    }

    @Override
    public void retryScheduled(CallInfo call, long delayNanos) {
        target(call.service(), call.subset()).retried();
    }

    @Override
    public void endpointEjected(EndpointInfo endpoint, EjectionReason reason, long nanos) {
        ejected.add(endpoint.instanceName());
        ejections.merge(endpoint.instanceName(), 1L, Long::sum);
    }

    @Override
    public void endpointReturned(EndpointInfo endpoint) {
        ejected.remove(endpoint.instanceName());
    }

    /** Returns the totals, with what only the storefront and its client know. */
    public StorefrontStats read(long pages, BookClient client) {
        Map<String, StorefrontStats.Target> read = new TreeMap<>();
        targets.forEach((key, target) -> read.put(key, target.read()));
        Map<String, Long> tried = new TreeMap<>();
        attempts.forEach((instance, count) -> tried.put(instance, count.sum()));
        return new StorefrontStats(
                pages,
                client.instances(),
                client.certificateEnds(),
                read,
                tried,
                List.copyOf(ejected),
                new TreeMap<>(ejections));
    }
}
