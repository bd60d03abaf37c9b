package io.tulle.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.TimeValue;

class MicroRunTest {
    private static final TimeValue SHORT = TimeValue.milliseconds(20);
    private static final Effort LEAST = new Effort(2, false, SHORT, SHORT, 1, SHORT);

    @Test
    void measuresTheFloorBesideEveryRowWithOneThreadAndTwo() {
        ByteArrayOutputStream progress = new ByteArrayOutputStream();

        List<Measured> measured =
                new MicroRun(LEAST, new PrintStream(progress, true, StandardCharsets.UTF_8)).run(Set.of("breaker"));

        assertThat(measured).extracting(Measured::row).containsExactly(Row.FLOOR, Row.BREAKER, Row.FLOOR, Row.BREAKER);
        assertThat(measured).extracting(Measured::threads).containsExactly(1, 1, 2, 2);
        assertThat(measured).allSatisfy(each -> {
            assertThat(each.rounds()).isEqualTo(2);
            assertThat(each.fastest()).isPositive().isLessThanOrEqualTo(each.slowest());
            assertThat(each.cpuNanos()).isPositive();
            assertThat(each.bytes()).isNotNaN();
        });
        assertThat(measured.get(0).ratio().median()).isEqualTo(1);
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("round 1/2, 1 thr: floor");
    }
}
