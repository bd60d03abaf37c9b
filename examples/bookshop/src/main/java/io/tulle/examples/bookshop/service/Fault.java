package io.tulle.examples.bookshop.service;

import java.util.Locale;

/** What is wrong with an instance; set with {@code POST /_fault} and the name in lower case as the body. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** Answers 503 at once. */
    FAIL,
    /** Takes ten times as long. */
    SLOW10X,
    /** Reads requests and never answers. */
    SWALLOW;

    /** Returns the name as it stands in requests. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the fault with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Fault of(String text) {
        return valueOf(text.trim().toUpperCase(Locale.ROOT));
    }
}
