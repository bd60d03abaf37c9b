package io.tulle.registry.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The first who sees a request: refuses what is not meant for this server (a foreign name in {@code Host} or {@code Origin}) and paths that are more than
 * plain names between single slashes, so that nobody further in has to think about encodings. Stateless.
 */
final class RequestGuard extends Handler.Wrapper {
    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    RequestGuard(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        ProblemException problem = refuse(request);
        if (problem == null) {
            return super.handle(request, response, callback);
        }
        ProblemHandler.write(problem, response, callback);
        return true;
    }

    private static @Nullable ProblemException refuse(Request request) {
        HttpURI uri = request.getHttpURI();
        if (!isPlain(uri.getPath())) {
            return invalidPath();
        }
        for (HttpField field : request.getHeaders().getFields(HttpHeader.HOST)) {
            if (!Loopback.names(String.valueOf(field.getValue()))) {
                return unknownHost("Host");
            }
        }
        if (uri.getHost() != null && !Loopback.names(uri.getHost())) {
            return unknownHost("Host");
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return origin == null || Loopback.isOrigin(origin.toLowerCase(Locale.ROOT)) ? null : unknownHost("Origin");
    }

    /** Returns whether a path has nothing but names between single slashes. */
    static boolean isPlain(@Nullable String path) {
        return path != null && PATH.matcher(path).matches();
    }

    static ProblemException invalidPath() {
        return new ProblemException(
                400,
                "invalid-path",
                "the path has more than names between single slashes (expected: letters, digits, '-', '.', '_' and '~'; nothing encoded, no dots alone)");
    }

    private static ProblemException unknownHost(String header) {
        return new ProblemException(
                421,
                "unknown-host",
                header
                        + " names another machine (expected: localhost or a loopback address, since the registry listens there)");
    }
}
