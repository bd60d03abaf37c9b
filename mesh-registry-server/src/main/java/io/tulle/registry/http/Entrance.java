package io.tulle.registry.http;

import io.tulle.client.codec.JsonRecords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before the endpoints until they exist: the port is open while the store is read, and everybody who comes is told that the registry lives but is not
 * ready. Thread-safe.
 */
final class Entrance extends Handler.Wrapper {
    private static final String STREAM = "/api/v1/watch";

    private volatile boolean open;

    Entrance() {
        super(true, null);
    }

    /** Lets everybody through to {@code endpoints}, which must be started. */
    void open(Handler endpoints) {
        setHandler(endpoints);
        open = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (open) {
            if (Request.getPathInContext(request).equals(STREAM)) {
                leaveOpen(request);
            }
            return super.handle(request, response, callback);
        }
        String path = Request.getPathInContext(request);
        if (path.equals(HealthEndpoints.LIVE)) {
            write(200, new HealthEndpoints.Live(true), response, callback);
        } else if (path.equals(HealthEndpoints.ALL)) {
            write(200, Health.STARTING, response, callback);
        } else {
            ProblemHandler.write(notReady(), response, callback);
        }
        return true;
    }

    /** A stream may be silent for longer than a connection otherwise may; whoever writes to it notices when nobody reads. */
    private static void leaveOpen(Request request) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        long usual = connection.getIdleTimeout();
        connection.setIdleTimeout(0);
        Request.addCompletionListener(request, failure -> connection.setIdleTimeout(usual));
    }

    private static ProblemException notReady() {
        return Problems.ofStatus(503, null);
    }

    private static void write(int status, Record body, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(JsonRecords.write(body).getBytes(StandardCharsets.UTF_8)), callback);
    }
}
