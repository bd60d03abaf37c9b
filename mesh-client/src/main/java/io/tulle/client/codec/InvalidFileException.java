package io.tulle.client.codec;

import io.tulle.api.MeshException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Files do not hold valid resources; {@link #problems} has everything that is wrong with them, not only the first. */
public class InvalidFileException extends MeshException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_LINES = 100;

    private final transient List<Problem> problems;
    private final boolean malformed;

    /** Creates the exception for at least one problem; its message has one line for each of the first hundred. */
    public InvalidFileException(List<Problem> problems) {
        this(problems, false);
    }

    InvalidFileException(List<Problem> problems, boolean malformed) {
        super(message(sorted(problems)));
        this.problems = sorted(problems);
        this.malformed = malformed;
    }

    /** Returns every problem, in the order of files, lines and columns. */
    public List<Problem> problems() {
        return problems;
    }

    /** Returns whether a file could not be read to its end: it is not a text, not YAML or JSON, or beyond a limit. */
    public boolean malformed() {
        return malformed;
    }

    private static List<Problem> sorted(List<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .toList();
    }

    private static String message(List<Problem> problems) {
        String lines =
                problems.stream().limit(MOST_LINES).map(Problem::toString).collect(Collectors.joining("\n"));
        return problems.size() > MOST_LINES ? lines + "\n... and " + (problems.size() - MOST_LINES) + " more" : lines;
    }
}
