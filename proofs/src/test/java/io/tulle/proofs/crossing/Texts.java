package io.tulle.proofs.crossing;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The gRPC method of these tests: a text for a text, safe to repeat. */
final class Texts implements MethodDescriptor.Marshaller<String> {
    static final MethodDescriptor<String, String> SAY = MethodDescriptor.<String, String>newBuilder(
                    new Texts(), new Texts())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("crossing.Texts/Say")
            .setSafe(true)
            .setIdempotent(true)
            .build();

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
