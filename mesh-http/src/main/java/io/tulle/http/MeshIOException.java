package io.tulle.http;

import io.tulle.api.call.Stage;
import io.tulle.api.call.Verdict;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A call under the mesh that brought no response, or whose body was cut by the deadline. The message names the service, what happened and the last
 * endpoint; the cause is what the last attempt threw, if it threw. A rejection has no stack trace: it says nothing that the verdict does not.
 */
public class MeshIOException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Verdict verdict;
    private final @Nullable Stage stage;

    private MeshIOException(String message, Verdict verdict, @Nullable Stage stage, @Nullable Throwable cause) {
        super(message, cause);
        this.verdict = verdict;
        this.stage = stage;
    }

    static MeshIOException of(String message, Verdict verdict, @Nullable Stage stage, @Nullable Throwable cause) {
        return verdict.rejection()
                ? new Rejected(message, verdict, stage, cause)
                : new MeshIOException(message, verdict, stage, cause);
    }

    /** Returns what became of the call. */
    public Verdict verdict() {
        return verdict;
    }

    /** Returns the stage that refused the call or cut it, or null when it failed on the wire or was cancelled. */
    public @Nullable Stage stage() {
        return stage;
    }

    private static final class Rejected extends MeshIOException {
        private static final long serialVersionUID = 1L;

        Rejected(String message, Verdict verdict, @Nullable Stage stage, @Nullable Throwable cause) {
            super(message, verdict, stage, cause);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it does nothing
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
