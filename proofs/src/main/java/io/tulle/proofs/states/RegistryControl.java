package io.tulle.proofs.states;

import java.net.URI;

/** A real registry that can be killed and started again, with the same data on the same port. */
interface RegistryControl extends AutoCloseable {
    /** Returns where it listens, the same at each start. */
    URI uri();

    /** Ends it without a word. */
    void kill();

    /** Starts it again and waits until it is ready; does nothing when it runs. */
    void start();

    @Override
    void close();
}
