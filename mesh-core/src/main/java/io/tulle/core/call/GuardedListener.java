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
import java.util.function.Consumer;

/**
 * Passes events on to several listeners and keeps a broken one from disturbing calls: what a listener throws goes to every listener's
 * {@link MeshListener#listenerFailed}. Thread-safe.
 */
public final class GuardedListener implements MeshListener {
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
        each(listener -> listener.callStarted(call));
    }

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
        each(listener -> listener.attemptStarted(call, attempt));
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        each(listener -> listener.attemptEnded(call, attempt));
    }

    @Override
    public void retryScheduled(CallInfo call, long delayNanos) {
        each(listener -> listener.retryScheduled(call, delayNanos));
    }

    @Override
    public void retryDenied(CallInfo call) {
        each(listener -> listener.retryDenied(call));
    }

    @Override
    public void callEnded(CallInfo call) {
        each(listener -> listener.callEnded(call));
    }

    @Override
    public void requestStarted(ServedInfo request) {
        each(listener -> listener.requestStarted(request));
    }

    @Override
    public void requestEnded(ServedInfo request) {
        each(listener -> listener.requestEnded(request));
    }

    @Override
    public void endpointEjected(EndpointInfo endpoint, EjectionReason reason, long nanos) {
        each(listener -> listener.endpointEjected(endpoint, reason, nanos));
    }

    @Override
    public void endpointReturned(EndpointInfo endpoint) {
        each(listener -> listener.endpointReturned(endpoint));
    }

    @Override
    public void breakerChanged(String service, BreakerState from, BreakerState to) {
        each(listener -> listener.breakerChanged(service, from, to));
    }

    @Override
    public void configApplied(long version, int resources) {
        each(listener -> listener.configApplied(version, resources));
    }

    @Override
    public void configRejected(String reason) {
        each(listener -> listener.configRejected(reason));
    }

    @Override
    public void certificateLoaded(String id, Instant expires) {
        each(listener -> listener.certificateLoaded(id, expires));
    }

    @Override
    public void certificateRejected(String reason) {
        each(listener -> listener.certificateRejected(reason));
    }

    @Override
    public void listenerFailed(RuntimeException failure) {
        each(listener -> listener.listenerFailed(failure));
    }

    private void each(Consumer<MeshListener> event) {
        for (MeshListener listener : listeners) {
            try {
                event.accept(listener);
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
