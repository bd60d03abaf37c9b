package io.tulle.proofs.live;

/** Starts the registry of a run, each time on the same data. */
@FunctionalInterface
public interface Launcher {
    /**
     * Starts it and returns when it is ready.
     *
     * @param port where it is to listen; 0 for a free port
     */
    RegistryProcess start(int port) throws InterruptedException;
}
