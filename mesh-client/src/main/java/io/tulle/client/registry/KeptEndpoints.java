package io.tulle.client.registry;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.TransportError;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Instance;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches whether instances that are kept against the registry's word still answer: three attempts in a row that brought no head of a response, and one is
 * believed to be gone. Thread-safe. While nothing is kept, an attempt costs one volatile read.
 */
final class KeptEndpoints implements MeshListener {
    private static final int FAILURES = 3;

    private final Gone gone;
    private volatile Map<String, Watched> watched = Map.of();

    /** Is told of an instance that does not answer; from the thread of a call, so it only passes it on. */
    interface Gone {
        void gone(String service, String title, String uid);
    }

    private record Watched(String service, String title, String uid, AtomicInteger failures) {}

    KeptEndpoints(Gone gone) {
        this.gone = gone;
    }

    /** Watches what these services keep, and nothing else; counts go on. On the session's thread. */
    void watch(Iterable<ServiceBelief> services) {
        Map<String, Watched> before = watched;
        Map<String, Watched> now = new HashMap<>();
        for (ServiceBelief belief : services) {
            for (Kept kept : belief.kept().values()) {
                if (kept.resource() instanceof Instance instance) {
                    String key = key(belief.service(), instance);
                    Watched former = before.get(key);
                    now.put(key, former == null ? watched(belief.service(), instance) : former);
                }
            }
        }
        if (!(now.isEmpty() && before.isEmpty())) {
            watched = Map.copyOf(now);
        }
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        Map<String, Watched> now = watched;
        EndpointInfo endpoint = attempt.endpoint();
        if (now.isEmpty() || endpoint == null) {
            return;
        }
        Watched one = now.get(endpoint.service() + " " + endpoint.id());
        Outcome outcome = attempt.outcome();
        if (one == null || outcome == null) {
            return;
        }
        if (attempt.status() != 0 || outcome.error() == null) {
            one.failures().set(0);
        } else if (outcome.error() != TransportError.CANCELLED && one.failures().incrementAndGet() == FAILURES) {
            gone.gone(one.service(), one.title(), one.uid());
        }
    }

    private static Watched watched(String service, Instance instance) {
        return new Watched(service, instance.title(), instance.spec().uid(), new AtomicInteger());
    }

    private static String key(String service, Instance instance) {
        String uid = instance.spec().uid().isEmpty()
                ? instance.metadata().name()
                : instance.spec().uid();
        return service + " " + uid + ":" + instance.spec().port();
    }
}
