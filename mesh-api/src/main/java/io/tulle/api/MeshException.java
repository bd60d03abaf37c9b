package io.tulle.api;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that Tulle throws at its edge. Inside, rejections and failures are values.
 *
 * <p>Adapters map it to what their users catch: {@code IOException} for OkHttp, {@code Status} for gRPC.
 */
public class MeshException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the value and what was expected instead. */
    public MeshException(String message) {
        super(message);
    }

    /** Creates an exception with a cause. */
    public MeshException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
