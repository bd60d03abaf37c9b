package io.tulle.registry.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WatchGuaranteesTest {
    private static final int RUNS = 200;

    @Test
    void afterEveryLineAWatcherKnowsExactlyWhatTheStoreHeld() {
        for (long seed = 0; seed < RUNS; seed++) {
            assertThat(new WatchRun(seed, (lines, random) -> lines).run())
                    .as("run %d", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFound(BiFunction<List<byte[]>, SplittableRandom, List<byte[]>> bug) {
        assertThat(LongStream.range(0, RUNS / 2)
                        .anyMatch(seed -> !new WatchRun(seed, bug).run().isEmpty()))
                .isTrue();
    }

    static Stream<Named<BiFunction<List<byte[]>, SplittableRandom, List<byte[]>>>> bugs() {
        return Stream.of(
                Named.of("a change is lost", (lines, random) -> without(lines, "change")),
                Named.of("a snapshot is lost", (lines, random) -> without(lines, "snapshot")),
                Named.of("a line comes twice", (lines, random) -> twice(lines)),
                Named.of("lines change places", (lines, random) -> {
                    List<byte[]> other = new ArrayList<>(lines);
                    Collections.reverse(other);
                    return other;
                }),
                Named.of(
                        "a service is left out of a line",
                        (lines, random) -> lines.stream()
                                .map(line -> text(line).replaceAll(",\\{\"service\":\"shop/b\".*", "]}"))
                                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                                .toList()));
    }

    private static List<byte[]> without(List<byte[]> lines, String type) {
        return lines.stream()
                .filter(line -> !text(line).startsWith("{\"type\":\"" + type))
                .toList();
    }

    private static List<byte[]> twice(List<byte[]> lines) {
        return lines.stream()
                .flatMap(line -> text(line).startsWith("{\"type\":\"change") ? Stream.of(line, line) : Stream.of(line))
                .toList();
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
