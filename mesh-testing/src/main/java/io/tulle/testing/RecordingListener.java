package io.tulle.testing;

import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.BreakerState;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EjectionReason;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.listener.ServedInfo;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every event of a {@link MeshListener} as a line such as {@code callEnded SUCCESS 200}, {@code endpointEjected a CONSECUTIVE_FAILURES 10000ms}. The
 * endpoint shows as its identity without the port. Thread-safe.
 */
public final class RecordingListener implements MeshListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Returns what was heard, in order. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the lines that start with {@code prefix}. */
    public List<String> lines(String prefix) {
        return lines.stream().filter(line -> line.startsWith(prefix)).toList();
    }

    /** Forgets what was heard. */
    public void clear() {
        lines.clear();
    }

    @Override
    public void callStarted(CallInfo call) {
        lines.add("callStarted " + call.service() + (call.subset().isEmpty() ? "" : " " + call.subset()));
    }

    @Override
    public void attemptStarted(CallInfo call, AttemptInfo attempt) {
        lines.add("attemptStarted " + attempt.number() + " " + name(attempt.endpoint())
                + (attempt.hedge() ? " hedge" : ""));
    }

    @Override
    public void attemptEnded(CallInfo call, AttemptInfo attempt) {
        lines.add("attemptEnded " + attempt.number() + " " + name(attempt.endpoint()) + " " + attempt.status());
    }

    @Override
    public void retryScheduled(CallInfo call, long delayNanos) {
        lines.add("retryScheduled " + delayNanos + "ns");
    }

    @Override
    public void retryDenied(CallInfo call) {
        lines.add("retryDenied");
    }

    @Override
    public void callEnded(CallInfo call) {
        lines.add("callEnded " + call.verdict() + " " + call.status() + (call.panic() ? " panic" : ""));
    }

    @Override
    public void requestStarted(ServedInfo request) {
        lines.add("requestStarted " + request.method() + " " + request.path());
    }

    @Override
    public void requestEnded(ServedInfo request) {
        lines.add("requestEnded " + request.verdict() + " " + request.status());
    }

    @Override
    public void endpointEjected(EndpointInfo endpoint, EjectionReason reason, long nanos) {
        lines.add("endpointEjected " + name(endpoint) + " " + reason + " " + nanos / 1_000_000 + "ms");
    }

    @Override
    public void endpointReturned(EndpointInfo endpoint) {
        lines.add("endpointReturned " + name(endpoint));
    }

    @Override
    public void breakerChanged(String service, BreakerState from, BreakerState to) {
        lines.add("breakerChanged " + service + " " + from + " " + to);
    }

    @Override
    public void configApplied(long version, int resources) {
        lines.add("configApplied " + version);
    }

    @Override
    public void configRejected(String reason) {
        lines.add("configRejected " + reason);
    }

    @Override
    public void listenerFailed(RuntimeException failure) {
        lines.add("listenerFailed " + failure);
    }

    private static String name(@Nullable EndpointInfo endpoint) {
        return endpoint == null
                ? "none"
                : endpoint.id().substring(0, endpoint.id().lastIndexOf(':'));
    }
}
