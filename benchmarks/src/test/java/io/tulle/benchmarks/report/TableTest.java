package io.tulle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("row", "ns", "note");
        table.add("floor", "7.0", "");
        table.add("x", "1234.5", "slow");

        assertThat(table.lines()).containsExactly("row        ns  note", "floor     7.0", "x      1234.5  slow");
    }

    @Test
    void aLineNeedsACellPerHeading() {
        Table table = new Table("a", "b");

        assertThatThrownBy(() -> table.add("1")).hasMessage("cells: 1 (expected: 2)");
    }
}
