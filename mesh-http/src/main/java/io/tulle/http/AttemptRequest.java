package io.tulle.http;

import io.tulle.api.spi.AttemptHeaders;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The request of one attempt: the application's, and the headers that the mesh adds. Confined to the thread that sends. */
final class AttemptRequest implements AttemptHeaders.Sink {
    private final Request application;
    private Request.@Nullable Builder changed;

    AttemptRequest(Request application) {
        this.application = application;
    }

    @Override
    public void set(String name, String value) {
        if (application.header(name) == null) {
            Request.Builder builder = changed == null ? application.newBuilder() : changed;
            changed = builder.header(name, value);
        }
    }

    Request request() {
        return changed == null ? application : changed.build();
    }
}
