package io.tulle.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in aligned columns, two spaces apart. Not thread-safe. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** Creates an empty table. */
    public Table() {}

    /** Adds a row; rows may have different numbers of cells. */
    public Table row(String... cells) {
        return row(Arrays.asList(cells));
    }

    /** Adds a row. */
    public Table row(List<String> cells) {
        rows.add(cells.stream().map(Printable::line).toList());
        return this;
    }

    /** Prints all rows. */
    public void print(PrintWriter out) {
        int[] widths = widths();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                if (i < row.size() - 1) {
                    line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** The widest cell of each column that something follows in its row. */
    private int[] widths() {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size() - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }
}
