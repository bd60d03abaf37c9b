package io.tulle.benchmarks.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private final Agenda agenda = new Agenda();
    private final List<String> done = new ArrayList<>();

    @Test
    void tasksRunInTimeAndAtEqualInstantsInOrder() {
        agenda.at(20, () -> done.add("late " + agenda.nanos()));
        agenda.at(10, () -> done.add("first"));
        agenda.at(10, () -> done.add("second"));

        agenda.run();

        assertThat(done).containsExactly("first", "second", "late 20");
    }

    @Test
    void whatIsPlannedForThePastRunsNow() {
        agenda.at(10, () -> agenda.at(5, () -> done.add("at " + agenda.nanos())));

        agenda.run();

        assertThat(done).containsExactly("at 10");
    }
}
