package io.tulle.grpc.server;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** A call that remembers how it was closed. */
final class ClosedCall extends ServerCall<String, String> {
    @Nullable
    Status status;

    @Nullable
    Metadata trailers;

    @Override
    public void close(Status newStatus, Metadata newTrailers) {
        status = newStatus;
        trailers = newTrailers;
    }

    @Override
    public void request(int count) {
        throw new IllegalStateException("a refused call asks for nothing");
    }

    @Override
    public void sendHeaders(Metadata headers) {
        throw new IllegalStateException("a refused call has trailers only");
    }

    @Override
    public void sendMessage(String message) {
        throw new IllegalStateException("a refused call has trailers only");
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public Attributes getAttributes() {
        return Attributes.EMPTY;
    }

    @Override
    public MethodDescriptor<String, String> getMethodDescriptor() {
        return Texts.method(MethodType.UNARY);
    }
}
