package io.tulle.registry;

import io.tulle.api.MeshException;

/** The registry cannot run as it was told to; the message says in one line why and what to do. */
public final class CannotStartException extends MeshException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public CannotStartException(String message) {
        super(message);
    }
}
