package io.tulle.registry.watch;

import io.tulle.client.codec.Schemas;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stream: what it follows and what it has yet to be told. Lines wait in a bounded queue; when that is full, the services that they speak of become
 * <em>stale</em>, and one snapshot of their newest state takes the place of all of them. While a service is stale, every change makes its service stale, too,
 * so that nothing overtakes. Guarded by {@code WatchHub.lock}, unless a method says otherwise.
 */
public final class Watcher {
    final @Nullable String session;
    final String remote;
    final Schemas schemas;
    final Runnable wake;
    final Set<String> services = new HashSet<>();
    final Deque<Line> queue = new ArrayDeque<>();
    final Set<String> stale = new LinkedHashSet<>();
    final Set<String> confirms = new LinkedHashSet<>();
    boolean markDue;
    long lastMovedNanos; // when something was taken last, or when there was something to take after there had been
    // nothing
    long written;
    private long taken;
    private int bytes;
    private boolean ended;

    Watcher(@Nullable String session, String remote, Schemas schemas, long now, Runnable wake) {
        this.session = session;
        this.remote = remote;
        this.schemas = schemas;
        this.lastMovedNanos = now;
        this.wake = wake;
    }

    /** Returns whether there is something to take. */
    boolean waiting() {
        return markDue || !queue.isEmpty() || !stale.isEmpty() || !confirms.isEmpty();
    }

    /** Adds a line of a change, or has it coalesced; returns false when the queue overflows by it. */
    boolean add(Line line, int mostLines, int mostBytes) {
        if (!stale.isEmpty()) {
            stale.addAll(line.services());
            return true;
        }
        if (queue.size() < mostLines && bytes + line.size() <= mostBytes) {
            queue.add(line);
            bytes += line.size();
            return true;
        }
        stale.addAll(line.services());
        coalesce();
        return false;
    }

    private void coalesce() {
        queue.forEach(old -> stale.addAll(old.services()));
        stale.retainAll(services);
        queue.clear();
        bytes = 0;
    }

    /** Follows a service no longer: nothing more is said about it. */
    void leave(String service) {
        services.remove(service);
        stale.remove(service);
        confirms.remove(service);
        if (queue.stream().anyMatch(line -> line.services().contains(service))) {
            coalesce();
        }
    }

    @Nullable
    Line poll() {
        Line line = queue.poll();
        if (line != null) {
            bytes -= line.size();
        }
        return line;
    }

    void take(long revision) {
        taken = revision;
    }

    /** Notes that all that was taken has been written. */
    void wrote() {
        written = taken;
    }

    /** Returns whether everything up to {@code revision} about what it follows has been written, when the hub is at {@code present}. */
    boolean has(long revision, long present) {
        return written >= revision || present >= revision && queue.isEmpty() && stale.isEmpty() && written == taken;
    }

    void end() {
        ended = true;
        queue.clear();
        bytes = 0;
        stale.clear();
        confirms.clear();
        markDue = false;
    }

    boolean ended() {
        return ended;
    }
}
