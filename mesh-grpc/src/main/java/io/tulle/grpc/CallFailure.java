package io.tulle.grpc;

import io.tulle.api.MeshException;
import io.tulle.api.call.Verdict;
import org.jspecify.annotations.Nullable;

/** The cause of the status of a call that brought no response: what the mesh made of it. It has no stack trace, which would say nothing. */
public final class CallFailure extends MeshException {
    private static final long serialVersionUID = 1L;

    private final Verdict verdict;

    CallFailure(String message, Verdict verdict, @Nullable Throwable cause) {
        super(message, cause);
        this.verdict = verdict;
    }

    /** Returns what became of the call. */
    public Verdict verdict() {
        return verdict;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it does nothing
    public Throwable fillInStackTrace() {
        return this;
    }
}
