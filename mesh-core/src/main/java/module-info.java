/** The engine: decides what happens to a call. No I/O, no threads, no clock of its own. */
module io.tulle.core {
    requires transitive io.tulle.api;
    requires static org.jspecify;

    exports io.tulle.core.call;
    exports io.tulle.core.snapshot;
}
