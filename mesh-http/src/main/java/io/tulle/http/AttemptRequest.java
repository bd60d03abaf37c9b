package io.tulle.http;

import io.tulle.api.call.MeshHeaders;
import io.tulle.api.spi.AttemptHeaders;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The request of one attempt: the application's, and the headers that the mesh adds. What only the mesh knows (time left, number of the attempt) it says
 * alone: an application that passes on what has come to it, such as a gateway, has copied what was said of another call. To a port that speaks mutual TLS it
 * has the other scheme, although the application writes {@code http://}: so {@code Host} stays and HTTP/2 can be negotiated. Confined to the thread that
 * sends.
 */
final class AttemptRequest implements AttemptHeaders.Sink {
    private final Request application;
    private Request.@Nullable Builder changed;

    /** {@code to} is the URL of {@code given}, with the scheme that the endpoint speaks. */
    AttemptRequest(Request given, HttpUrl to) {
        application = withoutOurs(given);
        if (to.isHttps() != application.isHttps()) {
            changed = application.newBuilder().url(to);
        }
    }

    private static Request withoutOurs(Request given) {
        if (given.header(MeshHeaders.TIMEOUT_MS) == null && given.header(MeshHeaders.ATTEMPT) == null) {
            return given;
        }
        return given.newBuilder()
                .removeHeader(MeshHeaders.TIMEOUT_MS)
                .removeHeader(MeshHeaders.ATTEMPT)
                .build();
    }

    @Override
    public void set(String name, String value) {
        if (application.header(name) == null && !ofAnotherTrace(name)) {
            Request.Builder builder = changed == null ? application.newBuilder() : changed;
            changed = builder.header(name, value);
        }
    }

    /** A {@code tracestate} belongs to the {@code traceparent} that it comes with. */
    private boolean ofAnotherTrace(String name) {
        return name.equals(MeshHeaders.TRACESTATE) && application.header(MeshHeaders.TRACEPARENT) != null;
    }

    Request request() {
        return changed == null ? application : changed.build();
    }
}
