package io.tulle.proofs.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened in a run.
 *
 * @param writes in any order
 * @param reads in any order
 * @param watchers by name, what each did and got ({@link Connect} and {@link Line}), in order
 * @param finish how far the run had come when everybody had had time to follow; null when it was broken off
 */
public record History(
        List<Write> writes,
        List<Read> reads,
        Map<String, List<Record>> watchers,
        @Nullable Finish finish) {
    /** Returns the history of some events; those of one watcher are in order. */
    public static History of(Iterable<Event> events) {
        List<Write> writes = new ArrayList<>();
        List<Read> reads = new ArrayList<>();
        Map<String, List<Record>> watchers = new LinkedHashMap<>();
        Finish finish = null;
        for (Event event : events) {
            if (event.write() != null) {
                writes.add(event.write());
            } else if (event.read() != null) {
                reads.add(event.read());
            } else if (event.connect() != null) {
                of(watchers, event.connect().client()).add(event.connect());
            } else if (event.line() != null) {
                of(watchers, event.line().client()).add(event.line());
            } else if (event.finish() != null) {
                finish = event.finish();
            }
        }
        return new History(writes, reads, watchers, finish);
    }

    /** Reads a file that a {@link Recorder} wrote. */
    public static History read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(Event.parse(file + ":" + (events.size() + 1), line));
            }
        }
        return of(events);
    }

    /** Returns how many lines all watchers got. */
    public long lines() {
        return watchers.values().stream()
                .flatMap(List::stream)
                .filter(event -> event instanceof Line)
                .count();
    }

    /** Returns how many writes were acknowledged. */
    public long acked() {
        return writes.stream().filter(Write::acked).count();
    }

    private static List<Record> of(Map<String, List<Record>> watchers, String client) {
        return watchers.computeIfAbsent(client, name -> new ArrayList<>());
    }
}
