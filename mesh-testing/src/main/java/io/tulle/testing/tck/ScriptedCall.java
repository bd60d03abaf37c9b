package io.tulle.testing.tck;

import io.tulle.api.call.MeshCallOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One call of a scenario. Immutable.
 *
 * @param pause how long the application waits before it makes the call
 * @param host the service's name, as it stands in the URL
 * @param method in upper case
 * @param path an absolute path
 * @param headers by name
 * @param body what body it has
 * @param options what the caller wants
 * @param caller what the caller does
 */
public record ScriptedCall(
        Duration pause,
        String host,
        String method,
        String path,
        Map<String, String> headers,
        Body body,
        MeshCallOptions options,
        Caller caller) {
    /** Copies. */
    public ScriptedCall {
        headers = Map.copyOf(headers);
    }

    /** A GET of {@code /} at {@code host} by a patient caller. */
    public static ScriptedCall get(String host) {
        return new ScriptedCall(
                Duration.ZERO, host, "GET", "/", Map.of(), Body.NONE, MeshCallOptions.DEFAULT, Caller.PATIENT);
    }

    /** A POST to {@code /} at {@code host}, not idempotent. */
    public static ScriptedCall post(String host, Body body) {
        return new ScriptedCall(
                Duration.ZERO, host, "POST", "/", Map.of(), body, MeshCallOptions.DEFAULT, Caller.PATIENT);
    }

    /** Returns this call with a path. */
    public ScriptedCall path(String newPath) {
        return new ScriptedCall(pause, host, method, newPath, headers, body, options, caller);
    }

    /** Returns this call with one more header. */
    public ScriptedCall header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ScriptedCall(pause, host, method, path, more, body, options, caller);
    }

    /** Returns this call made {@code newPause} after the former one. */
    public ScriptedCall after(Duration newPause) {
        return new ScriptedCall(newPause, host, method, path, headers, body, options, caller);
    }

    /** Returns this call with a deadline. */
    public ScriptedCall deadline(Duration deadline) {
        return new ScriptedCall(pause, host, method, path, headers, body, options.withDeadline(deadline), caller);
    }

    /** Returns this call with a word on whether it may be repeated. */
    public ScriptedCall idempotent(boolean value) {
        return new ScriptedCall(pause, host, method, path, headers, body, options.withIdempotent(value), caller);
    }

    /** Returns this call by another caller. */
    public ScriptedCall by(Caller newCaller) {
        return new ScriptedCall(pause, host, method, path, headers, body, options, newCaller);
    }
}
