package io.tulle.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    private static final List<Sample> FLOOR = List.of(
            new Sample(List.of(10.0, 10.0, 50.0), 10, 0),
            new Sample(List.of(20.0), 20, 0),
            new Sample(List.of(10.0), 10, 0));
    private static final List<Sample> ROW = List.of(
            new Sample(List.of(30.0, 29.0, 31.0), 40, 64),
            new Sample(List.of(60.0), 80, 64),
            new Sample(List.of(30.0), 40, 96));

    @Test
    void aRatioIsTakenWithinARound() {
        Measured measured = Measured.of(Row.BREAKER, 1, ROW, FLOOR);

        assertThat(measured.ratio().median()).isEqualTo(3); // though the machine was half as fast in the second round
        assertThat(measured.ratio().high()).isEqualTo(3);
        assertThat(measured.cpuRatio().median()).isEqualTo(4);
    }

    @Test
    void figuresAreMediansAndExtremesAreOfSingleMeasurements() {
        Measured measured = Measured.of(Row.BREAKER, 1, ROW, FLOOR);

        assertThat(measured.nanos().median()).isEqualTo(30);
        assertThat(measured.fastest()).isEqualTo(29);
        assertThat(measured.slowest()).isEqualTo(60);
        assertThat(measured.bytes()).isEqualTo(64);
    }

    @Test
    void fieldsHaveTheirStableNames() {
        assertThat(Measured.of(Row.BREAKER, 2, ROW, FLOOR).fields())
                .containsEntry("name", "breaker")
                .containsEntry("threads", 2)
                .containsKeys("ns", "bytes", "ratio", "cpuRatio", "nsLow", "nsHigh");
    }

    @Test
    void theTableHasALinePerRowAndWarnsOfFewRounds() {
        List<String> lines = MicroReport.lines(
                List.of(Measured.of(Row.FLOOR, 1, FLOOR, FLOOR), Measured.of(Row.BREAKER, 1, ROW, FLOOR)));

        assertThat(lines).anyMatch(line -> line.startsWith("1 thread, 3 rounds"));
        assertThat(lines)
                .anyMatch(line -> line.startsWith("breaker ") && line.contains("3.00") && line.endsWith("<= 15 ns"));
        assertThat(lines).anyMatch(line -> line.contains("not for publication"));
    }
}
