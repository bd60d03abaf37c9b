package io.tulle.registry.store;

import io.tulle.api.MeshException;

/** A store's data cannot be opened: corrupt, of a newer format, or in use. The message says what to do. */
public final class UnusableStoreException extends MeshException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public UnusableStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Creates the exception without cause. */
    public UnusableStoreException(String message) {
        super(message);
    }
}
