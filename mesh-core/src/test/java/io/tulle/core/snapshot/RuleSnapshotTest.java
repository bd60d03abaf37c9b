package io.tulle.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Route;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSnapshotTest {
    private final RuleSnapshot rule =
            new RuleSnapshot(Route.Rule.builder().timeout(Duration.ofMillis(15)).build(), List.of(), new int[] {1}, 1);

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1000000, 1",
        "1000001, 2",
        "14999999, 15",
        "15000000, 15",
        "9223372036853775807, 9223372036854",
        "9223372036854775807, 9223372036855"
    })
    void millisecondsAreRoundedUpHoweverManyTheyAre(long nanos, String millis) {
        assertThat(rule.millisText(nanos)).isEqualTo(millis);
    }
}
