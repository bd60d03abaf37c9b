package io.tulle.testing.tck;

import io.tulle.api.call.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A {@link ScriptedCall} that is being made: its request as the engine sees it, and a count of how often its body was written. Single-threaded. */
public final class ScriptedRequest implements RequestHead {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");

    private final ScriptedCall call;
    private final List<Map.Entry<String, String>> headers;
    private int writes;

    /** Creates the request of {@code call}. */
    public ScriptedRequest(ScriptedCall call) {
        this.call = call;
        headers = List.copyOf(call.headers().entrySet());
    }

    /** Returns the script. */
    public ScriptedCall call() {
        return call;
    }

    /** Notes that the body is being written; nothing when there is none. A fake calls it once for each attempt whose reply {@code sends()}. */
    public void writeBody() {
        if (call.body() != Body.NONE) {
            writes++;
        }
    }

    /** Returns how often the body was written. */
    public int writes() {
        return writes;
    }

    @Override
    public String method() {
        return call.method();
    }

    @Override
    public String path() {
        return call.path();
    }

    @Override
    public int headerCount() {
        return headers.size();
    }

    @Override
    public String headerName(int index) {
        return headers.get(index).getKey();
    }

    @Override
    public String headerValue(int index) {
        return headers.get(index).getValue();
    }

    @Override
    public boolean idempotent() {
        return IDEMPOTENT.contains(call.method()) || call.headers().containsKey("Idempotency-Key");
    }

    /** Returns whether the body can be written (again) from here on: one that is one-shot, until it has been touched. */
    @Override
    public boolean replayable() {
        return call.body() != Body.ONE_SHOT || writes == 0;
    }

    @Override
    public boolean hedgeable() {
        return call.body() != Body.ONE_SHOT;
    }
}
