package io.tulle.benchmarks.macro;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures rows in turn over the wire, each by a process of its own. What counts is how a row compares with another one of the same round. */
public final class MacroRun {
    private final Effort effort;
    private final PrintStream progress;

    /** Creates a run of {@code rounds} rounds that tells {@code progress} what it is doing. */
    public MacroRun(int rounds, boolean quick, PrintStream progress) {
        this(quick ? Effort.quick(rounds) : Effort.full(rounds), progress);
    }

    MacroRun(Effort effort, PrintStream progress) {
        this.effort = effort;
        this.progress = progress;
    }

    /**
     * Measures the rows of these titles (all, when there are none) and the baseline, which comes first. A row that this machine has not the programs for
     * says so instead.
     *
     * @throws IllegalStateException if a process fails or a row answers nothing
     */
    public List<MacroFigure> run(Set<String> titles) throws IOException {
        List<MacroRow> rows = Stream.of(MacroRow.values())
                .filter(row -> row == MacroRow.OKHTTP || titles.isEmpty() || titles.contains(row.title()))
                .toList();
        List<MacroRow> possible =
                rows.stream().filter(row -> row.need().missing() == null).toList();
        Map<MacroRow, List<Sample>> samples = new EnumMap<>(MacroRow.class);
        Path folder = Files.createTempDirectory("mesh-bench-macro-");
        try (Installation installation = Installation.start(folder, needs(possible))) {
            measure(possible, installation.folder(), samples);
        }
        delete(folder); // stays, with the logs, when something has failed
        return rows.stream().map(row -> figure(row, samples.get(row))).toList();
    }

    private static Set<Need> needs(List<MacroRow> rows) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        rows.forEach(row -> needs.add(row.need()));
        return needs;
    }

    private static MacroFigure figure(MacroRow row, @Nullable List<Sample> samples) {
        String missing = row.need().missing();
        return samples == null
                ? MacroFigure.missing(row, missing == null ? "not measured" : missing)
                : MacroFigure.of(row, samples);
    }

    private void measure(List<MacroRow> rows, Path folder, Map<MacroRow, List<Sample>> samples) throws IOException {
        for (int round = 0; round < effort.rounds(); round += effort.roundsPerClient()) {
            try (Clients clients = new Clients(folder, effort, progress)) {
                clients.start(rows);
                int end = Math.min(effort.rounds(), round + effort.roundsPerClient());
                for (int each = round; each < end; each++) {
                    clients.measure(rows, each, samples);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(files::add);
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
