package io.tulle.proofs.drivers;

/**
 * One thing that a test has shown.
 *
 * @param kind such as {@code ring 1}
 * @param column mostly a driver
 * @param line mostly a scenario
 * @param result {@code ok}, {@code differs}, {@code n/a} or whatever the kind has
 * @param detail why, or a figure
 */
record Row(String kind, String column, String line, String result, String detail) {
    private static final int CELLS = 5;

    /** Reads a line of tab-separated cells; those that are missing are empty. */
    static Row of(String text) {
        String[] cells = new String[CELLS];
        String[] given = text.split("\t", CELLS);
        for (int i = 0; i < CELLS; i++) {
            cells[i] = i < given.length ? given[i] : "";
        }
        return new Row(cells[0], cells[1], cells[2], cells[3], cells[4]);
    }
}
