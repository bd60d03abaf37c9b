package io.tulle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Text in columns: the first is set flush left, the others flush right. Not thread-safe. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> lines = new ArrayList<>();

    /** Creates a table with these headings. */
    public Table(String... headings) {
        lines.add(List.of(headings));
    }

    /**
     * Adds a line.
     *
     * @throws IllegalArgumentException if it has not as many cells as there are headings
     */
    public void add(String... cells) {
        if (cells.length != lines.get(0).size()) {
            throw new IllegalArgumentException(
                    "cells: " + cells.length + " (expected: " + lines.get(0).size() + ")");
        }
        lines.add(List.of(cells));
    }

    /** Returns the table, one text per line, without trailing blanks. */
    public List<String> lines() {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return lines.stream().map(line -> render(line, widths)).toList();
    }

    private static String render(List<String> cells, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - cells.get(i).length());
            text.append(i == 0 ? "" : GAP).append(i == 0 ? cells.get(i) + blanks : blanks + cells.get(i));
        }
        return text.toString().stripTrailing();
    }
}
