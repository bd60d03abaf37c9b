package io.tulle.benchmarks.fleet;

import io.tulle.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sets what was measured as text. */
public final class FleetReport {
    private FleetReport() {}

    /** Returns the table and what must be known to read it. */
    public static List<String> lines(List<FleetFigure> figures) {
        Table table = new Table("row", "samples", "p50 ms", "p99 ms", "max ms", "resident MB", "target");
        for (FleetFigure figure : figures) {
            table.add(
                    figure.row().title(),
                    String.valueOf(figure.samples()),
                    number(figure.p50()),
                    number(figure.p99()),
                    number(figure.max()),
                    figure.residentMb() == 0 ? "" : number(figure.residentMb()),
                    figure.row().target());
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        lines.add("ready: from starting the process until it answers; full: " + FleetData.SERVICES + " services, "
                + FleetData.INSTANCES + " instances. Resident memory right after that.");
        lines.add(
                "propagation: " + FleetClients.CLIENTS
                        + " real clients in one process, one change a second, from sending it to in force in each client; client, load and registry share the machine.");
        return lines;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }
}
