package io.tulle.client.wire;

/** Why a resource is gone. */
public enum RemovalReason {
    /** An instance is ending: it finishes what it has. Obeyed at once. */
    DRAINED,
    /** An instance's session was ended by its process. Obeyed at once. */
    DEREGISTERED,
    /** Someone deleted the resource. Obeyed at once. */
    DELETED,
    /** An instance's lease ran out: its process may be dead, or only cut off from the registry. Obeyed with care. */
    EXPIRED
}
