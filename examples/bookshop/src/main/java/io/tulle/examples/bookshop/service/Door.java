package io.tulle.examples.bookshop.service;

import java.io.IOException;

/** Where a backend takes requests. */
interface Door {
    /** Returns the port. */
    int port();

    /** Sends requests to itself until the code behind them is warm; they are not counted. */
    void warmUp() throws IOException;

    /** Takes no more requests and gives those in flight a second. */
    void close();
}
