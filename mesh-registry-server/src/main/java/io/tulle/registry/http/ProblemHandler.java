package io.tulle.registry.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what the server below refuses by itself, before or beside our endpoints, as problems. Stateless. */
final class ProblemHandler extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object cause = request.getAttribute(ERROR_EXCEPTION);
        Object reason = request.getAttribute(ERROR_MESSAGE);
        ProblemException problem;
        if (status == 400 && isAboutPath(request.getHttpURI().getPath(), cause)) {
            problem = RequestGuard.invalidPath();
        } else if (status == 500 && cause instanceof Throwable failure) {
            problem = Problems.of(
                    failure, request.getMethod() + " " + request.getHttpURI().getPath());
        } else {
            problem = Problems.ofStatus(status, reason instanceof String text ? text : null);
        }
        write(problem, response, callback);
        return true;
    }

    /** Jetty says {@code /badMessage} for a path that it could not parse. */
    private static boolean isAboutPath(@Nullable String path, @Nullable Object cause) {
        return !RequestGuard.isPlain(path)
                || "/badMessage".equals(path)
                        && cause instanceof Throwable failure
                        && failure.getCause() instanceof IllegalArgumentException;
    }

    /** Writes a problem as the whole answer. */
    static void write(ProblemException problem, Response response, Callback callback) {
        response.setStatus(problem.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        problem.headers().forEach(headers::put);
        response.write(true, ByteBuffer.wrap(Problem.of(problem).bytes()), callback);
    }
}
