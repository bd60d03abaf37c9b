package io.tulle.core.call;

/** What a driver must do next; see {@link CallMachine#next}. The attempt it concerns is {@link CallMachine#subject}. */
public enum Command {
    /** Cancel the attempt: abandon its response, end its I/O. Its {@code onEnd} is still due. */
    CANCEL,
    /** Let the attempt pick ({@link Attempt#pick}) and send it. */
    DISPATCH,
    /** Hand the attempt's response to the caller. Nothing is retried any more. */
    COMMIT,
    /** The call is decided: tell the caller, if nothing was committed. Comes once, and last. */
    COMPLETE,
    /** Nothing to do until an event arrives or {@link CallMachine#wakeAtNanos} passes. */
    AWAIT
}
