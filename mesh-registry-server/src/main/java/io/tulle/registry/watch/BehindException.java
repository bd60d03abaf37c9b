package io.tulle.registry.watch;

import io.tulle.api.MeshException;

/** A watcher has seen more than this registry has read yet. */
public final class BehindException extends MeshException {
    private static final long serialVersionUID = 1L;

    BehindException(long since, long revision) {
        super("this registry has read up to revision " + revision + " and not yet " + since);
    }
}
