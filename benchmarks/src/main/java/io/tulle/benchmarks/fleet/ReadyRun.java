package io.tulle.benchmarks.fleet;

import io.tulle.benchmarks.report.Estimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures how soon servers are ready and how much memory they then have, each row once a round. */
final class ReadyRun {
    private final Servers servers;
    private final Path folder;

    ReadyRun(Servers servers, Path folder) {
        this.servers = servers;
        this.folder = folder;
    }

    List<FleetFigure> run(List<FleetRow> rows, int rounds, Progress progress) throws IOException {
        Path full = folder.resolve("full");
        if (rows.stream().anyMatch(FleetRow::full)) {
            progress.say("filling a registry with " + FleetData.SERVICES + " services and " + FleetData.INSTANCES
                    + " instances");
            try (ServerProcess registry = servers.registry(full, true)) {
                new FleetData(new Rest(registry.uri())).fill();
            }
        }
        Map<FleetRow, List<double[]>> seen = new EnumMap<>(FleetRow.class);
        for (int round = 1; round <= rounds; round++) {
            for (FleetRow row : rows) {
                progress.say("ready, round " + round + " of " + rounds + ": " + row.title());
                seen.computeIfAbsent(row, key -> new ArrayList<>()).add(once(row, full, round));
            }
        }
        return rows.stream()
                .map(row -> figure(row, seen.getOrDefault(row, List.of())))
                .toList();
    }

    private double[] once(FleetRow row, Path full, int round) throws IOException {
        Path data = folder.resolve(row.title() + "-" + round);
        if (row.full()) {
            copy(full, data);
        }
        try (ServerProcess server =
                row == FleetRow.HELLO_READY ? servers.hello() : servers.registry(data, row.archive())) {
            return new double[] {server.readyMillis(), server.residentMb()};
        }
    }

    private static FleetFigure figure(FleetRow row, List<double[]> seen) {
        double[] millis = seen.stream().mapToDouble(pair -> pair[0]).sorted().toArray();
        double[] resident = seen.stream().mapToDouble(pair -> pair[1]).toArray();
        double max = millis[millis.length - 1];
        return new FleetFigure(row, millis.length, Estimate.median(millis), max, max, Estimate.median(resident));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
