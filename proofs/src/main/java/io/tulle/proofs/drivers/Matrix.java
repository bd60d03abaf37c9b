package io.tulle.proofs.drivers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Scenarios by drivers, as text. */
final class Matrix {
    private static final List<String> DRIVERS =
            List.of("bare machine", "OkHttp execute", "OkHttp enqueue", "gRPC unary", "gRPC streaming");
    private static final String NO_WIRE = "the machine alone has no wire";

    private final Map<String, Map<String, Row>> lines = new LinkedHashMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<String> differing = new ArrayList<>();

    Matrix(List<Row> rows) {
        for (Row row : rows) {
            if (DRIVERS.contains(row.column())) {
                lines.computeIfAbsent(row.kind() + "  " + row.line(), line -> new LinkedHashMap<>())
                        .put(row.column(), row);
            }
        }
    }

    /** Returns the table, what does not apply and why, and what differs and how. */
    List<String> text() {
        List<String> text = new ArrayList<>();
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(1);
        text.add(line("", width, DRIVERS));
        lines.forEach((name, cells) -> text.add(line(
                name,
                width,
                DRIVERS.stream()
                        .map(driver -> cell(name, driver, cells.get(driver)))
                        .toList())));
        reasons.forEach((reason, count) -> text.add(count + " n/a: " + reason));
        text.addAll(differing);
        return text;
    }

    /** Returns whether there is something and nothing differs. */
    boolean holds() {
        return !lines.isEmpty()
                && lines.values().stream()
                        .flatMap(cells -> cells.values().stream())
                        .noneMatch(row -> row.result().equals("differs"));
    }

    private String cell(String name, String driver, @Nullable Row row) {
        if (row == null) {
            boolean bare = driver.equals(DRIVERS.get(0)) && name.startsWith("ring 2");
            reasons.merge(bare ? NO_WIRE : "not run on " + driver, 1, Integer::sum);
            return "n/a";
        }
        if (row.result().equals("n/a")) {
            reasons.merge(row.detail(), 1, Integer::sum);
        } else if (row.result().equals("differs")) {
            differing.add(name + " on " + driver + " differs: " + row.detail());
        }
        return row.result();
    }

    private static String line(String name, int width, List<String> cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", name));
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, "  %-14s", cell)));
        return line.toString().stripTrailing();
    }
}
