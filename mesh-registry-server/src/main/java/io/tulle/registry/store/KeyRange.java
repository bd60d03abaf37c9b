package io.tulle.registry.store;

import org.jspecify.annotations.Nullable;

/**
 * Neighbouring keys.
 *
 * @param from the first
 * @param to before this one; null: without end
 */
record KeyRange(String from, @Nullable String to) {
    /** Returns the keys that start with {@code prefix} and are greater than {@code after}. */
    static KeyRange of(String prefix, String after) {
        String next = after + "\0"; // no key has this character, so nothing is between
        boolean later = !after.isEmpty() && KeyOrder.INSTANCE.compare(next, prefix) > 0;
        return new KeyRange(later ? next : prefix, end(prefix));
    }

    boolean contains(String key) {
        return KeyOrder.INSTANCE.compare(key, from) >= 0 && isBeforeEnd(key);
    }

    boolean isBeforeEnd(String key) {
        return to == null || KeyOrder.INSTANCE.compare(key, to) < 0;
    }

    /** Returns the least text that is greater than all that start with {@code prefix}. */
    private static @Nullable String end(String prefix) {
        int length = prefix.length();
        while (length > 0) {
            int last = prefix.codePointBefore(length);
            length -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return prefix.substring(0, length) + Character.toString(next);
            }
        }
        return null;
    }
}
