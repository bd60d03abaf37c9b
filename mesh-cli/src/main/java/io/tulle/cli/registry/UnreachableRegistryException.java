package io.tulle.cli.registry;

import io.tulle.api.MeshException;
import org.jspecify.annotations.Nullable;

/** A registry does not answer, cannot answer now, or what answers is no registry. */
public final class UnreachableRegistryException extends MeshException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; the message says where and what to do. */
    public UnreachableRegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
