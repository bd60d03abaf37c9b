package io.tulle.client.codec;

/** What a file may be at most: far above any real one, far below what hurts. */
final class Limits {
    /** Bytes of one file. */
    static final int BYTES = 1024 * 1024;

    /** Lists and objects inside each other. */
    static final int DEPTH = 50;

    /** Uses of YAML aliases in one file. */
    static final int ALIASES = 50;

    /** Nodes that all aliases of a file stand for together; more is an alias bomb. */
    static final int ALIASED_NODES = 10_000;

    private Limits() {}
}
