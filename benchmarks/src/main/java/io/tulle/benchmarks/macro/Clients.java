package io.tulle.benchmarks.macro;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The processes that call, one per row, which live for some rounds. Confined to one thread. */
final class Clients implements AutoCloseable {
    private static final int HEAP_MB = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Path folder;
    private final Effort effort;
    private final PrintStream progress;
    private final Map<MacroRow, Child> processes = new EnumMap<>(MacroRow.class);

    Clients(Path folder, Effort effort, PrintStream progress) {
        this.folder = folder;
        this.effort = effort;
        this.progress = progress;
    }

    /** Starts a client per row and warms each up, one after the other. */
    void start(List<MacroRow> rows) throws IOException {
        for (MacroRow row : rows) {
            Child client =
                    Child.jvm(row.title(), folder, HEAP_MB, MacroClient.class, List.of(row.title(), folder.toString()));
            processes.put(row, client);
            client.ready();
            warmUp(row, client);
        }
    }

    private void warmUp(MacroRow row, Child client) {
        double answered = 0;
        for (int seconds = 0; !effort.warmup().enough(seconds, answered); seconds++) {
            answered += Reading.of(client.ask(Effort.Warmup.SECOND.line(), PATIENCE))
                    .answered();
        }
        progress.printf(Locale.ROOT, "warm: %-18s %8.0f calls%n", row.title(), answered);
    }

    /** Measures the rows one after the other, A B C; the next round begins one later, B C A, so that none is always the first. */
    void measure(List<MacroRow> rows, int round, Map<MacroRow, List<Sample>> samples) {
        for (int i = 0; i < rows.size(); i++) {
            MacroRow row = rows.get((i + round) % rows.size());
            Sample sample = new Sample(ask(row, effort.closed()), ask(row, effort.paced()));
            samples.computeIfAbsent(row, key -> new ArrayList<>()).add(sample);
            progress.printf(
                    Locale.ROOT,
                    "round %d/%d: %-18s %8.0f calls/s %6.1f us cpu, paced p50 %5.0f us%n",
                    round + 1,
                    effort.rounds(),
                    row.title(),
                    sample.closed().perSecond(),
                    sample.closed().cpu(),
                    sample.paced().p50());
        }
    }

    private Reading ask(MacroRow row, Slice slice) {
        Child client = processes.get(row);
        if (client == null) {
            throw new IllegalArgumentException("row: " + row.title() + " (expected: one that was started)");
        }
        Reading reading = Reading.of(client.ask(slice.line(), PATIENCE));
        if (reading.answered() == 0) {
            throw client.failed("none of its calls was answered");
        }
        return reading;
    }

    @Override
    public void close() {
        processes.values().forEach(Child::close);
    }
}
