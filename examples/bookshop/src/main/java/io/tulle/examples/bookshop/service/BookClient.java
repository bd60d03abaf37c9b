package io.tulle.examples.bookshop.service;

import java.io.IOException;
import java.util.Set;

/** How a storefront reaches the other services. Thread-safe. */
public interface BookClient extends AutoCloseable {
    /**
     * Returns what {@code service} says about a book.
     *
     * @throws IOException if it does not answer with 200; the message is short and says why
     */
    String book(String service, String book) throws IOException;

    /** Returns the names of the instances that it knows now, of all services. */
    Set<String> instances();

    /** Returns when the certificate that it shows now ends, in seconds since 1970; 0 when it has none. */
    default long certificateEnds() {
        return 0;
    }

    @Override
    void close();
}
