package io.tulle.client.codec;

import java.util.List;
import java.util.Map;

/** A value of a file and where it starts: what YAML and JSON have in common. Immutable. */
sealed interface Node {
    /** Returns the line, 1 for the first. */
    int line();

    /** Returns the column, 1 for the first. */
    int column();

    /** Returns how many nodes this is, itself and what aliases stand for included; saturates. */
    long size();

    /** Returns what this is, for messages. */
    String describe();

    /** What a scalar is by its form. */
    enum Type {
        /** A string. */
        TEXT,
        /** A number in the format's own grammar. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** Nothing. */
        NULL
    }

    /** A single value as it is written. */
    record Scalar(Type type, String text, int line, int column) implements Node {
        @Override
        public long size() {
            return 1;
        }

        @Override
        public String describe() {
            return type == Type.TEXT ? "'" + text + "'" : type == Type.NULL ? "null" : text;
        }
    }

    /** A list. */
    record Items(List<Node> items, long size, int line, int column) implements Node {
        Items(List<Node> items, int line, int column) {
            this(items, sum(items), line, column);
        }

        @Override
        public String describe() {
            return "a list";
        }

        static long sum(Iterable<Node> nodes) {
            long sum = 1;
            for (Node node : nodes) {
                sum = Math.min(sum + node.size(), Integer.MAX_VALUE);
            }
            return sum;
        }
    }

    /** An object: fields by name, in the order of the file. */
    record Fields(Map<String, Field> fields, long size, int line, int column) implements Node {
        Fields(Map<String, Field> fields, int line, int column) {
            this(fields, Items.sum(fields.values().stream().map(Field::value).toList()), line, column);
        }

        @Override
        public String describe() {
            return "an object";
        }
    }

    /** A field's value, and where its name stands. */
    record Field(int line, int column, Node value) {}
}
