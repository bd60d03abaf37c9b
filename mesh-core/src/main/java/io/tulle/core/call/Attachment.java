package io.tulle.core.call;

import org.jspecify.annotations.Nullable;

/** What a listener keeps with a call, newest first: there are as many as there are listeners that keep something, normally none. */
record Attachment(Object owner, Object value, @Nullable Attachment next) {
    @SuppressWarnings("ReferenceEquality") // an owner is who it is
    static @Nullable Object find(Object owner, @Nullable Attachment first) {
        for (Attachment one = first; one != null; one = one.next) {
            if (one.owner == owner) {
                return one.value;
            }
        }
        return null;
    }
}
