package io.tulle.client.observe;

import org.jspecify.annotations.Nullable;

/** The names of the gRPC codes, for those who observe without gRPC on the class path. */
final class GrpcCodes {
    private static final String[] NAMES = {
        "OK",
        "CANCELLED",
        "UNKNOWN",
        "INVALID_ARGUMENT",
        "DEADLINE_EXCEEDED",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
        "UNAUTHENTICATED"
    };

    private GrpcCodes() {}

    /** Returns the name of {@code code}, or null for -1, which stands for none. */
    static @Nullable String nameOrNull(int code) {
        return code < 0 ? null : name(code);
    }

    /** Returns the name of {@code code}; what is not a code is UNKNOWN, as gRPC has it. */
    static String name(int code) {
        return code < 0 || code >= NAMES.length ? NAMES[2] : NAMES[code];
    }
}
