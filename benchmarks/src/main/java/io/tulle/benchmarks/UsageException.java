package io.tulle.benchmarks;

/** The command line cannot be understood; the message says what was given and what was expected. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
