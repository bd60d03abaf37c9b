package io.tulle.http;

import io.tulle.api.call.RequestHead;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** What routing reads of an OkHttp request, without copying it. */
final class HttpRequestHead implements RequestHead {
    final Request request;
    private @Nullable String path;
    private volatile boolean bodyTouched;

    HttpRequestHead(Request request) {
        this.request = request;
    }

    /** Returns the name of the service, as it stands in the URL. */
    String host() {
        return request.url().host();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        String known = path;
        if (known == null) {
            known = request.url().encodedPath();
            path = known;
        }
        return known;
    }

    @Override
    public int headerCount() {
        return request.headers().size();
    }

    @Override
    public String headerName(int index) {
        return request.headers().name(index);
    }

    @Override
    public String headerValue(int index) {
        return request.headers().value(index);
    }

    @Override
    public boolean idempotent() {
        return switch (request.method()) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> request.header("Idempotency-Key") != null;
        };
    }

    @Override
    public boolean replayable() {
        RequestBody body = request.body();
        return body == null || !(bodyTouched && (body.isOneShot() || body.isDuplex()));
    }

    @Override
    public boolean hedgeable() {
        RequestBody body = request.body();
        return body == null || !body.isOneShot() && !body.isDuplex();
    }

    /** Returns whether the body is written while the response is read. */
    boolean duplex() {
        RequestBody body = request.body();
        return body != null && body.isDuplex();
    }

    /** An attempt has begun to write the body. */
    void touchBody() {
        bodyTouched = true;
    }
}
