package io.tulle.client.observe;

import io.tulle.api.resource.Protocol;
import java.util.Locale;
import java.util.Set;

/** Values of labels and fields: each from a bounded set, or of bounded length. */
final class Labels {
    static final String UNKNOWN = "UNKNOWN";
    static final String OTHER = "OTHER";
    static final String NONE = "none";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    private static final String[] STATUSES = {NONE, "1xx", "2xx", "3xx", "4xx", "5xx"};

    private static final int LONGEST = 2048;

    private Labels() {}

    /** Returns a method of RFC 9110 or RFC 5789 as it is, any other as {@code OTHER}. */
    static String method(String method) {
        return knownMethod(method) ? method : OTHER;
    }

    /** Returns whether it is a method of RFC 9110 or RFC 5789. */
    static boolean knownMethod(String method) {
        return METHODS.contains(method);
    }

    /** Returns whether it is the name of a service; one that is not known is a host name as the application has it, which has no slash. */
    static boolean knownService(String service) {
        return service.indexOf('/') >= 0;
    }

    /** Returns the first 2048 characters. */
    static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** Returns {@code package.Service/Method} for a gRPC path. */
    static String rpcMethod(String path) {
        return cut(path.startsWith("/") ? path.substring(1) : path);
    }

    /** Returns the class of an HTTP status, such as {@code 2xx}, or the name of a gRPC code. */
    static String status(Protocol protocol, int status, int grpcStatus) {
        if (protocol == Protocol.GRPC) {
            return grpcStatus < 0 ? NONE : GrpcCodes.name(grpcStatus);
        }
        return STATUSES[status < 100 || status > 599 ? 0 : status / 100];
    }

    /** Returns a constant in lower case. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns {@code none} for nothing: some registries drop empty labels. */
    static String orNone(String value) {
        return value.isEmpty() ? NONE : value;
    }
}
