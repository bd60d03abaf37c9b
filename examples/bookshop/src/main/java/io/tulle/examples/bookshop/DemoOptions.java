package io.tulle.examples.bookshop;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param control whether to do without the mesh
 * @param hold whether to leave everything running after the script
 * @param help whether to explain the options and do nothing else
 * @param json where the result for machines goes; null means nowhere
 * @param rate pages a second
 * @param phaseSeconds how long a step lasts, at least
 * @param splitCalls how many calls a split needs to be judged
 * @param instances how many of catalog v1, of catalog v2, of reviews and of ratings
 */
public record DemoOptions(
        boolean control,
        boolean hold,
        boolean help,
        @Nullable Path json,
        int rate,
        int phaseSeconds,
        int splitCalls,
        int instances) {

    /** What {@code --help} prints. */
    public static final String USAGE = """
            Usage: ./mesh demo [options]
              --control           play the same script without the mesh: plain OkHttp and grpc-java, round robin
              --json FILE         write the result as JSON
              --hold              leave everything running after the script, until Ctrl-C
              --rate N            pages a second, 10..1000 (default 200)
              --phase-seconds N   how long a step lasts at least, 1..60 (default 9)
              --split-calls N     calls that the servers must count before a split is judged, 100..100000 (default 2000)
              --instances N       instances of catalog v1, of catalog v2, of reviews and of ratings, 2..5 (default 3)
              --help              this text
            Exit code: 0 when no request failed and every split holds (with --control: when the script was played),
            1 when not, 2 when it could not be played.""";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is not understood; the message says why in one line
     */
    public static DemoOptions parse(List<String> words) {
        return new CommandLine(words).read();
    }
}
