package io.tulle.core.call;

import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.BreakerState;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EjectionReason;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.listener.ServedInfo;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Passes events on to several listeners and keeps a broken one from disturbing calls: what a listener throws goes to every listener's
 * {@link MeshListener#listenerFailed}. Thread-safe.
 */
public final class GuardedListener implements MeshListener {
    /** An event that is about two things. (Events of calls take what they are about along, so that none of them makes an object.) */
    @FunctionalInterface
    private interface Event<A, B> {
        void tell(MeshListener listener, A first, B second);
    }

    private final MeshListener[] listeners;

    private GuardedListener(List<MeshListener> listeners) {
        this.listeners = listeners.toArray(new MeshListener[0]);
    }

    /** Returns a listener for all of {@code listeners}; {@link MeshListener#NONE} when there are none. */
    public static MeshListener of(List<MeshListener> listeners) {
        return listeners.isEmpty() ? MeshListener.NONE : new GuardedListener(listeners);
    }

    @Override
    public void callStarted(CallInfo call) {
        each(MeshListener::callStarted, call);
    }

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
        each(MeshListener::attemptStarted, call, attempt);
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        each(MeshListener::attemptEnded, call, attempt);
    }

    @Override
    public void retryScheduled(CallInfo call, long delayNanos) {
        each(MeshListener::retryScheduled, call, delayNanos);
    }

    @Override
    public void retryDenied(CallInfo call) {
        each(MeshListener::retryDenied, call);
    }

    @Override
    public void callEnded(CallInfo call) {
        each(MeshListener::callEnded, call);
    }

    @Override
    public void requestStarted(ServedInfo request) {
        each(MeshListener::requestStarted, request);
    }

    @Override
    public void requestEnded(ServedInfo request) {
        each(MeshListener::requestEnded, request);
    }

    @Override
    public void endpointEjected(EndpointInfo endpoint, EjectionReason reason, long nanos) {
        each((listener, of) -> listener.endpointEjected(of, reason, nanos), endpoint);
    }

    @Override
    public void endpointReturned(EndpointInfo endpoint) {
        each(MeshListener::endpointReturned, endpoint);
    }

    @Override
    public void breakerChanged(String service, BreakerState from, BreakerState to) {
        each((listener, of) -> listener.breakerChanged(of, from, to), service);
    }

    @Override
    public void configApplied(long version, int resources) {
        each(MeshListener::configApplied, version, resources);
    }

    @Override
    public void configRejected(String reason) {
        each(MeshListener::configRejected, reason);
    }

    @Override
    public void certificateLoaded(String id, Instant expires) {
        each(MeshListener::certificateLoaded, id, expires);
    }

    @Override
    public void certificateRejected(String reason) {
        each(MeshListener::certificateRejected, reason);
    }

    @Override
    public void listenerFailed(RuntimeException failure) {
        each(MeshListener::listenerFailed, failure);
    }

    private <A> void each(BiConsumer<MeshListener, A> event, A about) {
        for (MeshListener listener : listeners) {
            try {
                event.accept(listener, about);
            } catch (RuntimeException e) {
                report(e);
            }
        }
    }

    private <A, B> void each(Event<A, B> event, A first, B second) {
        for (MeshListener listener : listeners) {
            try {
                event.tell(listener, first, second);
            } catch (RuntimeException e) {
                report(e);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // an exception cannot suppress itself
    private void report(RuntimeException failure) {
        for (MeshListener listener : listeners) {
            try {
                listener.listenerFailed(failure);
            } catch (RuntimeException second) {
                if (second != failure) {
                    failure.addSuppressed(second); // the other listeners still see it
                }
            }
        }
    }
}
