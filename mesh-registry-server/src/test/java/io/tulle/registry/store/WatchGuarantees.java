package io.tulle.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was written, and whether somebody who watched has been told exactly that: ordered, unique, without gaps, each revision whole. */
final class WatchGuarantees {
    private final SortedMap<Long, List<String>> written = new TreeMap<>();

    /** Notes the keys that a revision wrote. */
    synchronized void wrote(long revision, List<String> keys) {
        assertThat(written.put(revision, keys.stream().sorted().toList()))
                .as("revision %d was given twice", revision)
                .isNull();
    }

    /** Checks what an observer was told who began after {@code since}, under any prefix that all keys have. */
    synchronized void check(long since, List<Change> told) {
        assertThat(told)
                .extracting(Change::revision)
                .containsExactlyElementsOf(written.tailMap(since + 1).keySet());
        Map<String, Long> newest = new HashMap<>();
        written.headMap(since + 1).forEach((revision, keys) -> keys.forEach(key -> newest.put(key, revision)));
        for (Change change : told) {
            assertThat(change.events())
                    .as("revision %d", change.revision())
                    .extracting(Change.Event::key)
                    .isEqualTo(written.get(change.revision()));
            change.events().forEach(event -> check(event, newest.put(event.key(), change.revision())));
        }
    }

    private static void check(Change.Event event, @org.jspecify.annotations.Nullable Long before) {
        Entry previous = event.previous();
        assertThat(previous == null ? null : previous.revision())
                .as("before %s", event)
                .isEqualTo(before);
    }
}
