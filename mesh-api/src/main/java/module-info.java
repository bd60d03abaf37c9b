/** What users and extension writers of Tulle compile against: resources, call vocabulary, listener and extension points. */
module io.tulle.api {
    requires static transitive org.jspecify;

    exports io.tulle.api;
    exports io.tulle.api.call;
    exports io.tulle.api.context;
    exports io.tulle.api.listener;
    exports io.tulle.api.resource;
    exports io.tulle.api.source;
    exports io.tulle.api.spi;
    exports io.tulle.api.time;

    uses io.tulle.api.context.CallContext.Provider;
}
