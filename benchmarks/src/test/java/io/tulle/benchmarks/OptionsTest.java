package io.tulle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final List<String> ROWS = List.of("floor", "breaker", "success-path");

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), ROWS);
    }

    @Test
    void nothingGivenMeansAllRowsAndOwnRounds() {
        Options options = parse();

        assertThat(options.quick()).isFalse();
        assertThat(options.json()).isNull();
        assertThat(options.rows()).isEmpty();
        assertThat(options.roundsOr(10, 2)).isEqualTo(10);
    }

    @Test
    void everyOptionIsRead() {
        Options options = parse("--quick", "--json", "out.json", "--rows", "floor, breaker", "--rounds", "7");

        assertThat(options.quick()).isTrue();
        assertThat(options.json()).isEqualTo(Path.of("out.json"));
        assertThat(options.rows()).containsExactly("floor", "breaker");
        assertThat(options.roundsOr(10, 2)).isEqualTo(7);
    }

    @Test
    void quickHasItsOwnRounds() {
        assertThat(parse("--quick").roundsOr(10, 2)).isEqualTo(2);
    }

    @Test
    void anUnknownRowNamesNearOnes() {
        assertThatThrownBy(() -> parse("--rows", "floor,sucess-path"))
                .isInstanceOf(UsageException.class)
                .hasMessage("unknown row 'sucess-path' (did you mean success-path?)");
    }

    @Test
    void anUnknownOptionNamesNearOnes() {
        assertThatThrownBy(() -> parse("--quik"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'--quik'")
                .hasMessageContaining("--quick");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1001", "many", "99999999999"})
    void roundsOutsideTheirRangeAreRefused(String rounds) {
        assertThatThrownBy(() -> parse("--rounds", rounds))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(rounds)
                .hasMessageContaining("1000");
    }

    @ParameterizedTest
    @CsvSource({"--json", "--rows", "--rounds"})
    void anOptionWithoutItsValueIsRefused(String option) {
        assertThatThrownBy(() -> parse(option)).hasMessage(option + " needs a value");
        assertThatThrownBy(() -> parse(option, "--quick")).hasMessage(option + " needs a value");
    }

    @Test
    void rowsWithoutANameAreRefused() {
        assertThatThrownBy(() -> parse("--rows", " , "))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--rows");
    }
}
