package io.tulle.client.observe;

import io.tulle.api.listener.CallInfo;
import io.tulle.api.listener.ServedInfo;
import io.tulle.api.resource.Protocol;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The method of a call as a label. A gRPC method is its full name: the names in generated stubs are few, but whoever forwards calls may use any, so the first
 * {@value #MOST} are told apart and the others are {@code OTHER}. Thread-safe.
 */
final class MethodLabels {
    static final int MOST = 500;

    private final Map<String, String> byPath = new ConcurrentHashMap<>();

    String of(CallInfo call) {
        return call.protocol() == Protocol.GRPC ? rpc(call.path()) : Labels.method(call.method());
    }

    String of(ServedInfo request) {
        return request.protocol() == Protocol.GRPC ? rpc(request.path()) : Labels.method(request.method());
    }

    private String rpc(String path) {
        String known = byPath.get(path);
        if (known != null) {
            return known;
        }
        if (byPath.size() >= MOST) { // a few more may slip in at the same instant
            return Labels.OTHER;
        }
        return byPath.computeIfAbsent(Labels.cut(path), Labels::rpcMethod);
    }
}
