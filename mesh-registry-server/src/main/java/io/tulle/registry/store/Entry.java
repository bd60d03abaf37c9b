package io.tulle.registry.store;

/**
 * A version of a key. Do not change the value's bytes.
 *
 * @param key its key
 * @param value its value
 * @param created the revision in which the key came into being, the last time
 * @param revision the revision that wrote this version
 * @param lease the lease that it hangs on, or 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by key and revision
public record Entry(String key, byte[] value, long created, long revision, long lease) {
    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Entry that && key.equals(that.key) && revision == that.revision;
    }

    @Override
    public int hashCode() {
        return key.hashCode() * 31 + Long.hashCode(revision);
    }

    /** Returns key and revision. */
    @Override
    public String toString() {
        return key + "@" + revision;
    }
}
