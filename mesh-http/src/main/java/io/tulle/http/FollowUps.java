package io.tulle.http;

import java.io.IOException;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Which request, if any, answers a response: a redirect (RFC 9110 section 15.4, with OkHttp's reading of it) or an authentication challenge.
 *
 * @param redirects whether redirects are followed
 * @param betweenSchemes whether also between http and https
 * @param authenticator answers 401
 */
record FollowUps(boolean redirects, boolean betweenSchemes, Authenticator authenticator) {
    /**
     * Returns the follow-up, or null when {@code response} is the answer. A one-shot body is never sent again.
     *
     * @param request what the call asks for: what the mesh has added to it is of one attempt, and nothing for a follow-up to pass on, perhaps to a stranger
     */
    @Nullable
    Request next(Request request, Response response) throws IOException {
        Request next = switch (response.code()) {
            case 401 ->
                authenticator.authenticate(
                        null, response.newBuilder().request(request).build());
            case 300, 301, 302, 303, 307, 308 -> redirects ? redirect(request, response) : null;
            default -> null;
        };
        RequestBody body = next == null ? null : next.body();
        return body != null && body.isOneShot() ? null : next;
    }

    private @Nullable Request redirect(Request request, Response response) {
        String location = response.header("Location");
        HttpUrl from = request.url();
        HttpUrl to = location == null ? null : from.resolve(location);
        if (to == null || !to.scheme().equals(from.scheme()) && !betweenSchemes) {
            return null;
        }
        Request.Builder next = request.newBuilder().url(to);
        boolean maintainBody = response.code() == 307
                || response.code() == 308
                || request.method().equals("PROPFIND");
        if (!maintainBody
                && !request.method().equals("GET")
                && !request.method().equals("HEAD")) {
            next.method("GET", null);
            next.removeHeader("Transfer-Encoding")
                    .removeHeader("Content-Length")
                    .removeHeader("Content-Type");
        }
        if (!from.host().equals(to.host())
                || from.port() != to.port()
                || !from.scheme().equals(to.scheme())) {
            next.removeHeader("Authorization");
            next.removeHeader("Host");
        }
        return next.build();
    }
}
