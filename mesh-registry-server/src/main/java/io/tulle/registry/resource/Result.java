package io.tulle.registry.resource;

/** What a write did to a resource. */
public enum Result {
    /** It was not there. */
    CREATED,
    /** It is different now. */
    CONFIGURED,
    /** It was so already; nothing was written. */
    UNCHANGED,
    /** It is gone. */
    DELETED
}
