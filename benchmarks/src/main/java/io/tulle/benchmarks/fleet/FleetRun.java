package io.tulle.benchmarks.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Runs the rows that are asked for, in a folder of its own that is deleted afterwards. */
public final class FleetRun {
    private final int rounds;
    private final int changes;
    private final PrintStream progress;

    /**
     * Creates a run.
     *
     * @param rounds how often each start is measured
     * @param changes how many changes are sent, one a second
     */
    public FleetRun(int rounds, int changes, PrintStream progress) {
        this.rounds = rounds;
        this.changes = changes;
        this.progress = progress;
    }

    /** Measures the rows of these titles; all when there are none. */
    public List<FleetFigure> run(Set<String> titles) throws IOException {
        Path folder = Files.createTempDirectory(target(), "fleet-");
        try {
            return run(titles, folder);
        } finally {
            delete(folder);
        }
    }

    private List<FleetFigure> run(Set<String> titles, Path folder) throws IOException {
        Servers servers = new Servers(Servers.root(), folder);
        List<FleetRow> rows = Stream.of(FleetRow.values())
                .filter(row -> titles.isEmpty() || titles.contains(row.title()))
                .toList();
        List<FleetRow> ready = rows.stream()
                .filter(row -> row != FleetRow.PROPAGATION && row != FleetRow.PROPAGATION_BARE)
                .toList();
        List<FleetFigure> figures = new ArrayList<>();
        if (!ready.isEmpty()) {
            figures.addAll(new ReadyRun(servers, folder).run(ready, rounds, this::say));
        }
        PropagationRun propagation = new PropagationRun(servers, folder, changes);
        if (rows.contains(FleetRow.PROPAGATION_BARE)) {
            figures.add(propagation.bare(this::say));
        }
        if (rows.contains(FleetRow.PROPAGATION)) {
            figures.add(propagation.run(this::say));
        }
        return figures;
    }

    /** A folder on the disk that the build uses: a registry in memory would be no measure. */
    private static Path target() throws IOException {
        return Files.createDirectories(Servers.root().resolve("benchmarks/target"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void say(String what) {
        progress.println("fleet: " + what);
    }
}
