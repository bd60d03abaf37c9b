package io.tulle.registry.watch;

import io.tulle.api.MeshException;

/** There are as many watchers as there may be. */
public final class TooManyWatchersException extends MeshException {
    private static final long serialVersionUID = 1L;

    TooManyWatchersException(int watchers) {
        super(watchers + " streams are open (expected: fewer); try another registry, or later");
    }
}
