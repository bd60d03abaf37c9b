package io.tulle.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowTest {
    private static final int RUNS = 2000;

    @ParameterizedTest
    @EnumSource
    void eachRowRuns(Row row) {
        Supplier<Task> tasks = row.setUp();
        Task first = tasks.get();
        Task second = tasks.get();

        for (int i = 0; i < RUNS; i++) {
            assertThat(first.run()).isNotNull();
            assertThat(second.run()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOOR", "PICK_ROUND_ROBIN", "PICK_PEAK_EWMA", "SUCCESS_PATH"})
    void picksReachManyEndpoints(Row row) {
        Task task = row.setUp().get();
        Set<Object> seen = new HashSet<>();

        for (int i = 0; i < RUNS; i++) {
            seen.add(task.run());
        }

        assertThat(seen).hasSizeGreaterThan(50);
    }

    @Test
    void namesAreUniqueAndFound() {
        assertThat(Row.titles()).doesNotHaveDuplicates().hasSize(Row.values().length);
        assertThat(Row.titled("success-path")).isSameAs(Row.SUCCESS_PATH);
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Row.titled("sucess-path"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sucess-path")
                .hasMessageContaining("success-path");
    }
}
