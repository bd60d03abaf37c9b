package io.tulle.core.outlier;

import io.tulle.api.listener.EjectionReason;
import io.tulle.api.resource.TrafficPolicy.OutlierDetection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who of a service's endpoints is taken out. One per service; every detector ejects through it, so one cap holds for all of them. Thread-safe.
 *
 * <p>Reporting the success of a healthy endpoint takes no lock. Transitions do; they are rare. After each one the observer is told, still under the
 * lock, so that it can publish a new set of candidates: what it publishes last is what holds.
 */
public final class EjectionLedger {
    /** Told of transitions, under the ledger's lock: be quick. */
    public interface Observer {
        /** An endpoint was ejected for {@code nanos}. */
        void ejected(EndpointHealth endpoint, EjectionReason reason, long nanos);

        /** An endpoint passed its trial. */
        void returned(EndpointHealth endpoint);

        /** Some endpoint went in, out or on trial: candidates must be computed anew. */
        void changed();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private volatile OutlierDetection settings = OutlierDetection.DEFAULT;
    private volatile double failureRate = OutlierDetection.DEFAULT.failureRatePercent() / 100;
    private List<EndpointHealth> members = List.of();
    private @Nullable Observer observer;

    /**
     * Puts a new configuration in force. {@code update} runs under the lock: there the caller publishes its new candidates, so that no transition
     * falls between.
     */
    public void configure(OutlierDetection newSettings, List<EndpointHealth> newMembers, Observer newObserver, Runnable update) {
        lock.lock();
        try {
            settings = newSettings;
            failureRate = newSettings.failureRatePercent() / 100;
            members = List.copyOf(newMembers);
            observer = newObserver;
            update.run();
        } finally {
            lock.unlock();
        }
    }

    /** Counts a success of the attempt that holds {@code ticket}. */
    public void succeeded(EndpointHealth endpoint, long ticket, long now) {
        if (endpoint.ticket() != ticket) {
            return;
        }
        int kind = endpoint.kind();
        if (kind == EndpointHealth.HEALTHY) {
            endpoint.succeed();
        } else if (kind == EndpointHealth.PROBING) {
            returnFromTrial(endpoint, ticket, now);
        }
    }

    /** Counts a failure from the wire of the attempt that holds {@code ticket}. Local rejections are never reported here. */
    public void failed(EndpointHealth endpoint, long ticket, long now) {
        if (endpoint.ticket() != ticket) {
            return;
        }
        int kind = endpoint.kind();
        if (kind == EndpointHealth.PROBING) {
            failTrial(endpoint, ticket, now);
        } else if (kind == EndpointHealth.HEALTHY) {
            int inARow = endpoint.fail();
            EjectionReason reason = detect(endpoint, inARow);
            if (reason != null) {
                eject(endpoint, ticket, reason, now);
            }
        }
    }

    /** Gives back the ticket of an attempt that says nothing about the endpoint. */
    public void released(EndpointHealth endpoint, long ticket, long now) {
        if (endpoint.ticket() == ticket && endpoint.kind() == EndpointHealth.PROBING) {
            transition(endpoint, ticket, () -> {
                endpoint.become(EndpointHealth.EJECTED);
                endpoint.ejectUntil(now);
            });
        }
    }

    /**
     * Starts the trial of an ejected endpoint whose time has passed.
     *
     * @return a ticket, or -1 if it is not ejected (any more) or not due
     */
    public long tryProbe(EndpointHealth endpoint, long now) {
        if (!lock.tryLock()) {
            return -1; // somebody else is at it; a trial can wait for the next call
        }
        try {
            if (endpoint.kind() != EndpointHealth.EJECTED || now - endpoint.ejectedUntil() < 0) {
                return -1;
            }
            endpoint.become(EndpointHealth.PROBING);
            changed();
            return endpoint.ticket();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the earliest end of an ejection among {@code endpoints}, or {@code otherwise} when none is ejected. Under the lock. */
    public static long earliestProbe(List<EndpointHealth> endpoints, long otherwise) {
        long earliest = otherwise;
        boolean found = false;
        for (EndpointHealth endpoint : endpoints) {
            if (endpoint.kind() == EndpointHealth.EJECTED && (!found || endpoint.ejectedUntil() - earliest < 0)) {
                earliest = endpoint.ejectedUntil();
                found = true;
            }
        }
        return earliest;
    }

    private @Nullable EjectionReason detect(EndpointHealth endpoint, int inARow) {
        OutlierDetection current = settings;
        if (current.consecutiveFailures() > 0 && inARow >= current.consecutiveFailures()) {
            return EjectionReason.CONSECUTIVE_FAILURES;
        }
        int calls = endpoint.calls();
        boolean rateReached = failureRate > 0 && calls >= current.minimumCalls() && endpoint.failures() >= failureRate * calls;
        return rateReached ? EjectionReason.FAILURE_RATE : null;
    }

    private void eject(EndpointHealth endpoint, long ticket, EjectionReason reason, long now) {
        lock.lock();
        try {
            if (endpoint.ticket() != ticket || endpoint.kind() != EndpointHealth.HEALTHY || !members.contains(endpoint) || capReached()) {
                return;
            }
            out(endpoint, reason, endpoint.countEjection(now, settings.baseEjectionTime().toNanos()), now);
        } finally {
            lock.unlock();
        }
    }

    private void failTrial(EndpointHealth endpoint, long ticket, long now) {
        lock.lock();
        try {
            if (endpoint.ticket() == ticket) {
                out(endpoint, EjectionReason.PROBE_FAILED, endpoint.countRepeatedEjection(), now);
            }
        } finally {
            lock.unlock();
        }
    }

    private void out(EndpointHealth endpoint, EjectionReason reason, int ejections, long now) {
        long base = settings.baseEjectionTime().toNanos();
        long most = settings.maxEjectionTime().toNanos();
        long nanos = ejections >= most / base ? most : base * ejections;
        endpoint.become(EndpointHealth.EJECTED);
        endpoint.ejectUntil(now + nanos);
        Observer told = observer;
        if (told != null) {
            told.ejected(endpoint, reason, nanos);
        }
        changed();
    }

    private void returnFromTrial(EndpointHealth endpoint, long ticket, long now) {
        transition(endpoint, ticket, () -> {
            endpoint.become(EndpointHealth.HEALTHY);
            endpoint.returned(now);
            Observer told = observer;
            if (told != null) {
                told.returned(endpoint);
            }
        });
    }

    private void transition(EndpointHealth endpoint, long ticket, Runnable change) {
        lock.lock();
        try {
            if (endpoint.ticket() == ticket) {
                change.run();
                changed();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean capReached() {
        int size = members.size();
        long out = members.stream().filter(member -> !member.healthy()).count();
        int cap = Math.max((int) (size * settings.maxEjectionPercent() / 100), size >= 2 && settings.maxEjectionPercent() > 0 ? 1 : 0);
        return out >= cap;
    }

    private void changed() {
        Observer told = observer;
        if (told != null) {
            told.changed();
        }
    }
}
