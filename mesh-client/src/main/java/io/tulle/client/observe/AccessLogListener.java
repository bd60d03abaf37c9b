package io.tulle.client.observe;

import io.tulle.api.call.Denial;
import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.listener.ServedInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line of JSON per call to the logger {@code io.tulle.access} at INFO: service, subset, rule, protocol, method, path, status, grpcStatus (the name
 * of the code), verdict, attempts, durationMs, endpoint, panic and rejectedBy; what is not there is null. A request that this process served is a line of its
 * own: served (the own service), protocol, method, path, status, grpcStatus, verdict, denied, attempt (of the caller) and durationMs. Whatever a caller puts
 * into a path, the line stays one line of plain text. Thread-safe; does nothing and allocates nothing while the logger is off.
 */
public final class AccessLogListener implements MeshListener {
    private final Logger log;

    /** Creates a listener that logs as {@code io.tulle.access}. */
    public AccessLogListener() {
        this(LoggerFactory.getLogger("io.tulle.access"));
    }

    /** Creates a listener that logs to {@code log}. */
    public AccessLogListener(Logger log) {
        this.log = log;
    }

    @Override
    public void callEnded(CallInfo call) {
        if (log.isInfoEnabled()) {
            log.info(line(call));
        }
    }

    @Override
    public void requestEnded(ServedInfo request) {
        if (log.isInfoEnabled()) {
            log.info(line(request));
        }
    }

    private static String line(ServedInfo request) {
        Verdict verdict = request.verdict();
        Denial denial = request.denial();
        return new JsonLine()
                .text("served", request.service())
                .text("protocol", Labels.of(request.protocol()))
                .text("method", request.method())
                .text("path", Labels.cut(request.path()))
                .numberOrNull("status", request.status())
                .text("grpcStatus", GrpcCodes.nameOrNull(request.grpcStatus()))
                .text("verdict", verdict == null ? null : Labels.of(verdict))
                .text("denied", denial == null ? null : denial.reason())
                .number("attempt", request.context().attempt())
                .millis("durationMs", request.endNanos() - request.startNanos())
                .end();
    }

    private static String line(CallInfo call) {
        Verdict verdict = call.verdict();
        Stage rejectedBy = call.rejectedBy();
        EndpointInfo endpoint = call.endpoint();
        return new JsonLine()
                .text("service", call.service())
                .text("subset", call.subset())
                .text("rule", call.rule())
                .text("protocol", Labels.of(call.protocol()))
                .text("method", call.method())
                .text("path", Labels.cut(call.path()))
                .numberOrNull("status", call.status())
                .text("grpcStatus", GrpcCodes.nameOrNull(call.grpcStatus()))
                .text("verdict", verdict == null ? null : Labels.of(verdict))
                .number("attempts", call.attempts())
                .millis("durationMs", call.endNanos() - call.startNanos())
                .text("endpoint", endpoint == null ? null : endpoint.id())
                .flag("panic", call.panic())
                .text("rejectedBy", rejectedBy == null ? null : Labels.of(rejectedBy))
                .end();
    }
}
