package io.tulle.proofs.live;

import io.tulle.proofs.process.RegistryProcess;

/** Starts the registry of a run, each time on the same data. */
@FunctionalInterface
public interface Launcher {
    /**
     * Starts it and returns when it is ready.
     *
     * @param port where it is to listen
     */
    RegistryProcess start(int port) throws InterruptedException;
}
