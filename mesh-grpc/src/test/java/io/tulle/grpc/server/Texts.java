package io.tulle.grpc.server;

import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A service whose messages are texts: {@code shop.Texts/Say}, answered by a handler of any kind. */
final class Texts implements MethodDescriptor.Marshaller<String> {
    private static final Texts MARSHALLER = new Texts();

    static MethodDescriptor<String, String> method(MethodDescriptor.MethodType type) {
        return MethodDescriptor.<String, String>newBuilder(MARSHALLER, MARSHALLER)
                .setType(type)
                .setFullMethodName("shop.Texts/Say")
                .build();
    }

    static ServerServiceDefinition service(
            MethodDescriptor.MethodType type, ServerCallHandler<String, String> handler) {
        return ServerServiceDefinition.builder("shop.Texts")
                .addMethod(method(type), handler)
                .build();
    }

    @Override
    public InputStream stream(String value) {
        return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
