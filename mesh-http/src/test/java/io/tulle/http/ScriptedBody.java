package io.tulle.http;

import io.tulle.testing.tck.Body;
import io.tulle.testing.tck.ScriptedRequest;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** The body of a scripted request, which counts how often it is written. */
final class ScriptedBody extends RequestBody {
    private final ScriptedRequest scripted;

    ScriptedBody(ScriptedRequest scripted) {
        this.scripted = scripted;
    }

    @Override
    public MediaType contentType() {
        return MediaType.get("text/plain");
    }

    @Override
    public boolean isOneShot() {
        return scripted.call().body() == Body.ONE_SHOT;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        scripted.writeBody();
        sink.writeUtf8("body");
    }
}
