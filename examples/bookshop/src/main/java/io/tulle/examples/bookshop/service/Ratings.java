package io.tulle.examples.bookshop.service;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The gRPC service {@code bookshop.Ratings}. Its messages are texts, so that the shop needs no generated code: a book's number goes there, JSON comes back. */
final class Ratings {
    static final String SERVICE = "bookshop.Ratings";

    /** Returns what people think of a book. May be called twice. */
    static final MethodDescriptor<String, String> RATING = method("Rating");

    /** Answers at once and is not counted: for a process that warms up. */
    static final MethodDescriptor<String, String> WARM = method("Warm");

    private Ratings() {}

    private static MethodDescriptor<String, String> method(String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .setSafe(true)
                .setIdempotent(true)
                .build();
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
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
}
