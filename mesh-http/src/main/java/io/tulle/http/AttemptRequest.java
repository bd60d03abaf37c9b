package io.tulle.http;

import io.tulle.api.spi.AttemptHeaders;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The request of one attempt: the application's, and the headers that the mesh adds. To a port that speaks mutual TLS it has the other scheme, although the application
 * writes {@code http://}: so {@code Host} stays and HTTP/2 can be negotiated. Confined to the thread that sends.
 */
final class AttemptRequest implements AttemptHeaders.Sink {
    private final Request application;
    private Request.@Nullable Builder changed;

    /** {@code mutual} is whether the endpoint speaks mutual TLS. */
    AttemptRequest(Request application, boolean mutual) {
        this.application = application;
        if (mutual && !application.isHttps()) {
            changed = application
                    .newBuilder()
                    .url(application.url().newBuilder().scheme("https").build());
        }
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
