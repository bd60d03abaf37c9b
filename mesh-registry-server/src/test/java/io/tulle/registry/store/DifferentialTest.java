package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.testing.ManualClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both stores do the same, operation for operation. */
class DifferentialTest {
    private static final int OPERATIONS = 2000;

    /** Does not sync: this is about what is in the tables, and many operations. */
    private static final ConnectionSource FAST = database -> {
        Connection connection = ConnectionSource.DURABLE.open(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
        }
        return connection;
    };

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void memoryAndFileAnswerTheSame(long seed) {
        ManualClock memoryTime = new ManualClock(seed);
        ManualClock fileTime = new ManualClock(seed);
        try (Store memory = MemoryStore.open(memoryTime, memoryTime);
                Store file = SqliteStore.open(folder, FAST, fileTime, fileTime)) {
            RandomOperations onMemory = new RandomOperations(memory, memoryTime, new SplittableRandom(seed));
            RandomOperations onFile = new RandomOperations(file, fileTime, new SplittableRandom(seed));
            for (int i = 0; i < OPERATIONS; i++) {
                assertThat(onFile.next()).as("operation %d of seed %d", i, seed).isEqualTo(onMemory.next());
            }
            assertThat(told(file)).isEqualTo(told(memory)).hasSizeGreaterThan(10);
            assertThat(onMemory.kinds()).as("all kinds of answers were met").contains("true", "false", "compacted");
        }
    }

    private static List<String> told(Store store) {
        Seen seen = new Seen();
        store.watch("", store.compacted(), seen);
        StoreTck.done(store.commit(Transaction.builder()
                .put("z", StoreTck.bytes("" + Duration.ZERO))
                .build()));
        org.awaitility.Awaitility.await()
                .until(() -> !seen.changes().isEmpty()
                        && seen.changes().get(seen.changes().size() - 1).revision() == store.revision());
        return seen.changes().stream().map(Seen::text).collect(Collectors.toList());
    }
}
