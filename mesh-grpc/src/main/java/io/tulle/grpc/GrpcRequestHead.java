package io.tulle.grpc;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.tulle.api.call.RequestHead;
import io.tulle.api.resource.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What routing reads of a gRPC call: its method as the path, its metadata (but binary ones) as headers, copied when a rule asks for them. */
final class GrpcRequestHead implements RequestHead {
    private static final Metadata.Key<String> IDEMPOTENCY_KEY = MeshKeys.of("idempotency-key");

    private final MethodDescriptor<?, ?> method;
    private final Metadata headers;
    private final Replay<?> replay;
    private final MethodPaths paths;
    private @Nullable String path;
    private @Nullable List<Map.Entry<String, String>> lines;

    GrpcRequestHead(MethodDescriptor<?, ?> method, Metadata headers, Replay<?> replay, MethodPaths paths) {
        this.paths = paths;
        this.method = method;
        this.headers = headers;
        this.replay = replay;
    }

    @Override
    public Protocol protocol() {
        return Protocol.GRPC;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        String known = path;
        if (known == null) {
            known = paths.of(method.getFullMethodName());
            path = known;
        }
        return known;
    }

    @Override
    public int headerCount() {
        return lines().size();
    }

    @Override
    public String headerName(int index) {
        return lines().get(index).getKey();
    }

    @Override
    public String headerValue(int index) {
        return lines().get(index).getValue();
    }

    @Override
    public boolean idempotent() {
        return method.isIdempotent() || method.isSafe() || headers.containsKey(IDEMPOTENCY_KEY);
    }

    @Override
    public boolean replayable() {
        return replay.possible();
    }

    @Override
    public boolean hedgeable() {
        return replay.shareable();
    }

    private List<Map.Entry<String, String>> lines() {
        List<Map.Entry<String, String>> known = lines;
        if (known == null) {
            known = new ArrayList<>();
            for (String name : headers.keys()) {
                addLines(name, known);
            }
            lines = known;
        }
        return known;
    }

    private void addLines(String name, List<Map.Entry<String, String>> to) {
        if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
            return;
        }
        Iterable<String> values = headers.getAll(MeshKeys.of(name));
        if (values != null) {
            values.forEach(value -> to.add(Map.entry(name, value)));
        }
    }
}
