package io.tulle.grpc.server;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.tulle.api.call.InboundHead;
import io.tulle.api.resource.Protocol;
import io.tulle.api.time.Instants;
import io.tulle.grpc.MeshKeys;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What admission reads of a gRPC call. Its timeout is gRPC's own, which has been running since the headers came. */
record GrpcHead(MethodDescriptor<?, ?> descriptor, Metadata metadata) implements InboundHead {
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
        return "/" + descriptor.getFullMethodName();
    }

    @Override
    public @Nullable String header(String name) {
        Iterable<String> values = metadata.getAll(MeshKeys.of(name));
        if (values == null) {
            return null;
        }
        Iterator<String> each = values.iterator();
        String first = each.next();
        return each.hasNext() ? String.join(",", values) : first;
    }

    @Override
    public long timeoutNanos() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null ? Instants.NEVER : deadline.timeRemaining(TimeUnit.NANOSECONDS);
    }
}
