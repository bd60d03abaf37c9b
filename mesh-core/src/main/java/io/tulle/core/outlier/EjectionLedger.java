package io.tulle.core.outlier;

import io.tulle.api.listener.EjectionReason;
import io.tulle.api.resource.TrafficPolicy.OutlierDetection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who of a service's endpoints is taken out. One per service; every detector ejects through it, so one cap holds for all of them. Thread-safe.
 *
 * <p>An endpoint that fails when the cap allows no more ejections is spared: it stays in, but counts as unhealthy for the panic rule until it succeeds or is
 * ejected after all, and one of those that are out, who would be next, has its trial at once. Else, of two endpoints of which one is out and the other dies, the dead one would
 * get every call until the time of the first is over, which may have come back long ago.
 *
 * <p>Reporting the success of a healthy endpoint takes no lock. Transitions do; they are rare. Candidates are computed anew under the lock, so that what
 * is published last is what holds; listeners are told after it is released.
 */
public final class EjectionLedger {
    /** Told of transitions. */
    public interface Observer {
        /** An endpoint was ejected for {@code nanos}; without the lock. */
        void ejected(EndpointHealth endpoint, EjectionReason reason, long nanos);

        /** An endpoint passed its trial; without the lock. */
        void returned(EndpointHealth endpoint);

        /** Some endpoint went in, out or on trial, or is spared or no more: candidates must be computed anew. Under the lock: be quick. */
        void changed();
    }

    private static final Observer NOBODY = new Observer() {
        @Override
        public void ejected(EndpointHealth endpoint, EjectionReason reason, long nanos) {}

        @Override
        public void returned(EndpointHealth endpoint) {}

        @Override
        public void changed() {}
    };

    private final ReentrantLock lock = new ReentrantLock();
    private volatile OutlierDetection settings = OutlierDetection.DEFAULT;
    private List<EndpointHealth> members = List.of();
    private Observer observer = NOBODY;

    /**
     * Puts a new configuration in force. {@code update} runs under the lock: there the caller publishes its new candidates, so that no transition
     * falls between.
     */
    public void configure(
            OutlierDetection newSettings, List<EndpointHealth> newMembers, Observer newObserver, Runnable update) {
        lock.lock();
        try {
            settings = newSettings;
            members = List.copyOf(newMembers);
            observer = newObserver;
            update.run();
        } finally {
            lock.unlock();
        }
    }

    /** Counts a success of the attempt that holds {@code ticket}; returns whether it was a trial, and so brought the endpoint back. */
    public boolean succeeded(EndpointHealth endpoint, long ticket, long now) {
        if (endpoint.ticket() != ticket) {
            return false;
        }
        int kind = endpoint.kind();
        if (kind == EndpointHealth.HEALTHY) {
            endpoint.succeed();
            if (endpoint.spared()) {
                spareNoMore(endpoint, ticket);
            }
        }
        return kind == EndpointHealth.PROBING && passTrial(endpoint, ticket, now);
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

    /** Turns a success of the attempt that holds {@code ticket} into a failure: its response broke after the head. */
    public void broken(EndpointHealth endpoint, long ticket, long now) {
        if (endpoint.ticket() == ticket && endpoint.healthy()) {
            EjectionReason reason = detect(endpoint, endpoint.failInstead());
            if (reason != null) {
                eject(endpoint, ticket, reason, now);
            }
        }
    }

    /** Gives back the ticket of an attempt that says nothing about the endpoint. */
    public void released(EndpointHealth endpoint, long ticket, long now) {
        if (endpoint.ticket() == ticket && endpoint.kind() == EndpointHealth.PROBING) {
            dropTrial(endpoint, ticket, now);
        }
    }

    /**
     * Starts the trial of an endpoint that is out and whose time has passed. A trial has a base ejection time to answer; after that another may take its
     * place, and its own outcome counts no more.
     *
     * @return a ticket, or -1 if it is not out (any more) or not due
     */
    public long tryProbe(EndpointHealth endpoint, long now) {
        if (!lock.tryLock()) {
            return -1; // somebody else is at it; a trial can wait for the next call
        }
        try {
            if (endpoint.healthy() || now - endpoint.ejectedUntil() < 0) {
                return -1;
            }
            endpoint.become(EndpointHealth.PROBING);
            endpoint.ejectUntil(now + settings.baseEjectionTime().toNanos());
            observer.changed();
            return endpoint.ticket();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the first of {@code endpoints} that are out may be tried, or {@code otherwise} when none is out. Under the lock. */
    public static long earliestProbe(List<EndpointHealth> endpoints, long otherwise) {
        long earliest = otherwise;
        boolean found = false;
        for (EndpointHealth endpoint : endpoints) {
            if (!endpoint.healthy() && (!found || endpoint.ejectedUntil() - earliest < 0)) {
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
        double rate = current.failureRatePercent();
        boolean rateReached = rate > 0 && calls >= current.minimumCalls() && endpoint.failures() * 100 >= rate * calls;
        return rateReached ? EjectionReason.FAILURE_RATE : null;
    }

    private void eject(EndpointHealth endpoint, long ticket, EjectionReason reason, long now) {
        long nanos = 0;
        Observer told = NOBODY; // the one in force at the transition: a later one may not know the endpoint any more
        lock.lock();
        try {
            if (holds(endpoint, ticket) && !capReached()) {
                told = observer;
                nanos = out(
                        endpoint,
                        endpoint.countEjection(now, settings.baseEjectionTime().toNanos()),
                        now);
            } else if (holds(endpoint, ticket) && !endpoint.spared() && out() > 0) {
                endpoint.spare(true);
                bringForward(now);
                observer.changed();
            }
        } finally {
            lock.unlock();
        }
        told.ejected(endpoint, reason, nanos);
    }

    /** Makes due who would be next. */
    private void bringForward(long now) {
        members.stream()
                .filter(EndpointHealth::ejected)
                .min(Comparator.comparingLong(member -> member.ejectedUntil() - now))
                .filter(next -> next.ejectedUntil() - now > 0)
                .ifPresent(next -> next.ejectUntil(now));
    }

    private void spareNoMore(EndpointHealth endpoint, long ticket) {
        lock.lock();
        try {
            if (holds(endpoint, ticket) && endpoint.spared()) {
                endpoint.spare(false);
                observer.changed();
            }
        } finally {
            lock.unlock();
        }
    }

    private void failTrial(EndpointHealth endpoint, long ticket, long now) {
        long nanos = 0;
        Observer told = NOBODY;
        lock.lock();
        try {
            if (holds(endpoint, ticket)) {
                told = observer;
                nanos = out(endpoint, endpoint.countRepeatedEjection(), now);
            }
        } finally {
            lock.unlock();
        }
        told.ejected(endpoint, EjectionReason.PROBE_FAILED, nanos);
    }

    private boolean passTrial(EndpointHealth endpoint, long ticket, long now) {
        Observer told;
        lock.lock();
        try {
            if (!holds(endpoint, ticket)) {
                return false;
            }
            told = observer;
            endpoint.become(EndpointHealth.HEALTHY);
            endpoint.returned(now);
            observer.changed();
        } finally {
            lock.unlock();
        }
        told.returned(endpoint);
        return true;
    }

    private void dropTrial(EndpointHealth endpoint, long ticket, long now) {
        lock.lock();
        try {
            if (holds(endpoint, ticket)) {
                endpoint.become(EndpointHealth.EJECTED);
                endpoint.ejectUntil(now);
                observer.changed();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the endpoint still belongs to the service and has not changed its state since the ticket was issued. */
    private boolean holds(EndpointHealth endpoint, long ticket) {
        return endpoint.ticket() == ticket && members.contains(endpoint);
    }

    /** Takes the endpoint out and returns for how long. */
    private long out(EndpointHealth endpoint, int ejections, long now) {
        long base = settings.baseEjectionTime().toNanos();
        long most = settings.maxEjectionTime().toNanos();
        long nanos = ejections > most / base ? most : base * ejections;
        endpoint.become(EndpointHealth.EJECTED);
        endpoint.ejectUntil(now + nanos);
        observer.changed();
        return nanos;
    }

    private long out() {
        return members.stream().filter(member -> !member.healthy()).count();
    }

    private boolean capReached() {
        int size = members.size();
        long out = out();
        int cap = Math.max(
                (int) (size * settings.maxEjectionPercent() / 100),
                size >= 2 && settings.maxEjectionPercent() > 0 ? 1 : 0);
        return out >= cap;
    }
}
