package io.tulle.client.source;

import io.tulle.api.MeshException;
import org.jspecify.annotations.Nullable;

/** A folder of resources, or a file in it, is missing or cannot be read; what the files say is not the matter. */
public class UnreadableFolderException extends MeshException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the path and what was expected instead. */
    public UnreadableFolderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
