package io.tulle.benchmarks;

import io.tulle.api.resource.NearestNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line of one benchmark.
 *
 * @param quick less of everything: to see that it works, not to publish
 * @param json where the figures are written as JSON, or null
 * @param rows which rows to run; empty means all
 * @param rounds how often each row is measured; 0 means the benchmark's own number
 */
record Options(boolean quick, @Nullable Path json, Set<String> rows, int rounds) {
    private static final int MOST_ROUNDS = 1000;
    private static final List<String> KNOWN = List.of("--quick", "--json", "--rows", "--rounds");

    /**
     * Reads {@code arguments}.
     *
     * @param rowNames the rows that exist
     * @throws UsageException if they cannot be understood
     */
    static Options parse(List<String> arguments, List<String> rowNames) {
        boolean quick = false;
        Path json = null;
        Set<String> rows = new LinkedHashSet<>();
        int rounds = 0;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--quick" -> quick = true;
                case "--json" -> json = path(value(option, rest));
                case "--rows" -> rows.addAll(rows(value(option, rest), rowNames));
                case "--rounds" -> rounds = rounds(value(option, rest));
                default -> throw new UsageException(unknown("option", option, KNOWN));
            }
        }
        return new Options(quick, json, rows, rounds);
    }

    /** Returns the rounds asked for, or {@code ownQuick} or {@code own} when none were. */
    int roundsOr(int own, int ownQuick) {
        return rounds > 0 ? rounds : quick ? ownQuick : own;
    }

    /** Returns a sentence that says that {@code name} is not known, and which names are near. */
    static String unknown(String what, String name, List<String> known) {
        List<String> near = NearestNames.to(name, known);
        String hint = near.isEmpty()
                ? "known: " + String.join(", ", known)
                : "did you mean " + String.join(" or ", near) + "?";
        return "unknown " + what + " '" + name + "' (" + hint + ")";
    }

    private static String value(String option, Deque<String> rest) {
        String value = rest.pollFirst();
        if (value == null || value.startsWith("--")) {
            throw new UsageException(option + " needs a value");
        }
        return value;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("--json: '" + text + "' (expected: a file name; " + e.getReason() + ")");
        }
    }

    private static List<String> rows(String text, List<String> known) {
        List<String> names = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.isEmpty()) {
            throw new UsageException("--rows: '" + text + "' (expected: names with commas between)");
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw new UsageException(unknown("row", name, known));
            }
        }
        return names;
    }

    private static int rounds(String text) {
        try {
            int rounds = Integer.parseInt(text);
            if (rounds >= 1 && rounds <= MOST_ROUNDS) {
                return rounds;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--rounds: '" + text + "' (expected: a number from 1 to " + MOST_ROUNDS + ")");
        }
        throw new UsageException("--rounds: " + text + " (expected: 1.." + MOST_ROUNDS + ")");
    }
}
