package io.tulle.benchmarks.macro;

/** One way of calling the backends. Thread-safe: all load threads call at once. */
interface Caller extends AutoCloseable {
    /**
     * Sends one request and returns the body of its answer.
     *
     * @throws Exception if there is no answer, or another than the backends give
     */
    byte[] call() throws Exception;

    @Override
    void close();

    /** Makes a caller of what it needs to know. */
    @FunctionalInterface
    interface Factory {
        Caller of(Site site) throws Exception;
    }
}
