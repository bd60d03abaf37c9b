package io.tulle.examples.bookshop.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {
    private final List<String> running = new ArrayList<>(List.of("catalog-v1-1", "reviews-1"));
    private final List<Set<String>> known = new ArrayList<>();
    private final Roster roster = new Roster(() -> running, () -> known);

    @Test
    void whatOneStorefrontMissedOnceWasLost() {
        known.add(Set.of("catalog-v1-1", "reviews-1"));
        known.add(Set.of("reviews-1"));
        roster.look();
        known.set(1, Set.of("catalog-v1-1", "reviews-1"));
        roster.look();

        assertThat(roster.takeLost()).containsExactly("catalog-v1-1");
        assertThat(roster.takeLost()).isEmpty();
    }

    @Test
    void whatDoesNotRunMayBeKnownOrNot() {
        running.remove("reviews-1");
        known.add(Set.of("catalog-v1-1"));
        known.add(Set.of("catalog-v1-1", "reviews-1"));
        roster.look();

        assertThat(roster.takeLost()).isEmpty();
    }
}
