package io.tulle.proofs.history;

import io.tulle.client.codec.JsonRecords;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history file: a JSON object whose only field says what it is.
 *
 * @param write a change that was asked for
 * @param read a list that was asked for
 * @param connect a stream that was opened
 * @param line a line of a stream
 * @param finish the end
 */
public record Event(
        @Nullable Write write,
        @Nullable Read read,
        @Nullable Connect connect,
        @Nullable Line line,
        @Nullable Finish finish) {
    /** Returns the event of a write. */
    public static Event of(Write write) {
        return new Event(write, null, null, null, null);
    }

    /** Returns the event of a read. */
    public static Event of(Read read) {
        return new Event(null, read, null, null, null);
    }

    /** Returns the event of a stream that was opened. */
    public static Event of(Connect connect) {
        return new Event(null, null, connect, null, null);
    }

    /** Returns the event of a line. */
    public static Event of(Line line) {
        return new Event(null, null, null, line, null);
    }

    /** Returns the event of the end. */
    public static Event of(Finish finish) {
        return new Event(null, null, null, null, finish);
    }

    /** Returns it as JSON in one line. */
    public String json() {
        return JsonRecords.write(this);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @param place for messages, such as {@code run.jsonl:7}
     */
    public static Event parse(String place, String json) {
        return JsonRecords.read(Event.class, place, json);
    }
}
