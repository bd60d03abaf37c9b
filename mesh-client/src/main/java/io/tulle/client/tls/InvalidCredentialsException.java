package io.tulle.client.tls;

import io.tulle.api.MeshException;
import org.jspecify.annotations.Nullable;

/** A certificate, key or list of authorities cannot be used; the message says which file, what was found there and what was expected. */
public final class InvalidCredentialsException extends MeshException {
    private static final long serialVersionUID = 1L;

    InvalidCredentialsException(String message) {
        super(message);
    }

    InvalidCredentialsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
