package io.tulle.client.codec;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file. Confined to the thread that reads it. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    int count() {
        return found.size();
    }

    /** Returns the first that was found; there must be one. */
    Problem first() {
        return found.get(0);
    }

    void add(Node at, String pointer, String value, String expected) {
        add(at.line(), at.column(), pointer, value, expected);
    }

    void add(int line, int column, String pointer, String value, String expected) {
        found.add(new Problem(file, line, column, pointer, value, expected));
    }

    /** Adds a problem after which the file cannot be read on, and returns the exception for all of them. */
    InvalidFileException fatal(int line, int column, String pointer, String value, String expected) {
        add(line, column, pointer, value, expected);
        return new InvalidFileException(found, true);
    }

    /** Throws what was collected, if anything. */
    void done() {
        if (!found.isEmpty()) {
            throw new InvalidFileException(found);
        }
    }
}
