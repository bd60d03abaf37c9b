package io.tulle.examples.bookshop;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@link DemoOptions} word by word; the fields start as the defaults. For one thread. */
final class CommandLine {
    private static final String HELP = " (see ./mesh demo --help)";

    private final Deque<String> words;
    private boolean control;
    private boolean hold;
    private boolean help;
    private @Nullable Path json;
    private int rate = 200;
    private int phaseSeconds = 9;
    private int splitCalls = 2000;
    private int instances = 3;

    CommandLine(List<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    DemoOptions read() {
        while (!words.isEmpty()) {
            option(words.remove());
        }
        return new DemoOptions(control, hold, help, json, rate, phaseSeconds, splitCalls, instances);
    }

    private void option(String option) {
        switch (option) {
            case "--control" -> control = true;
            case "--hold" -> hold = true;
            case "--help", "-h" -> help = true;
            case "--json" -> json = Path.of(value(option)).toAbsolutePath();
            case "--rate" -> rate = number(option, 10, 1000);
            case "--phase-seconds" -> phaseSeconds = number(option, 1, 60);
            case "--split-calls" -> splitCalls = number(option, 100, 100_000);
            case "--instances" -> instances = number(option, 2, 5);
            default -> throw new IllegalArgumentException("unknown option '" + option + "'" + HELP);
        }
    }

    private String value(String option) {
        String value = words.poll();
        if (value == null || value.startsWith("--")) {
            throw new IllegalArgumentException(option + " needs a value" + HELP);
        }
        return value;
    }

    private int number(String option, int least, int most) {
        String text = value(option);
        String expected = option + ": '" + text + "' (expected: " + least + ".." + most + ")";
        try {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(expected);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }
}
