package io.tulle.proofs.check;

import io.tulle.proofs.history.Write;

/** Questions about the parts of a write. */
final class Parts {
    private Parts() {}

    static boolean puts(Write write, String key) {
        return write.parts().stream().anyMatch(part -> part.key().equals(key) && !part.delete());
    }

    static boolean deletes(Write write, String key) {
        return write.parts().stream().anyMatch(part -> part.key().equals(key) && part.delete());
    }
}
