package io.tulle.registry.store;

import io.tulle.api.MeshException;

/** The store cannot write for now; reads go on. The message says why and what to do. */
public final class ReadOnlyStoreException extends MeshException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public ReadOnlyStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
