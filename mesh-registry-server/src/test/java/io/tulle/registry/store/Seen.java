package io.tulle.registry.store;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** An observer that remembers. Waiting for a number of changes, it takes a moment longer to see whether there are too many: ask for the last one. */
final class Seen implements Consumer<Change> {
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    @Override
    public void accept(Change change) {
        changes.add(change);
    }

    List<Change> changes() {
        return changes;
    }

    /** Waits for so many changes and returns all, as texts: {@code 2: key before=after, ...}, with - for what is not there. */
    List<String> texts(int count) {
        return waitFor(count).stream().map(Seen::text).toList();
    }

    /** Waits for so many changes and returns the revisions of all. */
    List<Long> revisions(int count) {
        return waitFor(count).stream().map(Change::revision).toList();
    }

    static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private List<Change> waitFor(int count) {
        await().until(() -> changes.size() >= count);
        return List.copyOf(changes);
    }

    static String text(Change change) {
        return change.revision() + ": "
                + change.events().stream()
                        .map(event -> event.key() + " " + text(event.previous()) + "=" + text(event.current()))
                        .collect(Collectors.joining(", "));
    }

    private static String text(@Nullable Entry entry) {
        return entry == null ? "-" : StoreTck.text(entry);
    }
}
