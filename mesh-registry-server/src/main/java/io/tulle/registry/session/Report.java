package io.tulle.registry.session;

import io.tulle.client.wire.Renewal;
import java.util.List;
import java.util.Map;

/**
 * What a session's process said last, and when. In memory only.
 *
 * @param renewedNanos the ticker's reading
 * @param applied per service, the revision of the last line that is in force
 * @param rejected resources that are not in force
 * @param held removals that are not obeyed yet
 * @param stale how long it had heard nothing before, in milliseconds
 */
public record Report(
        long renewedNanos,
        Map<String, Long> applied,
        List<Renewal.Rejected> rejected,
        List<Renewal.Held> held,
        long stale) {
    private static final int MOST = 1_000;

    static Report silent(long now) {
        return new Report(now, Map.of(), List.of(), List.of(), 0);
    }

    static Report of(long now, Renewal renewal) {
        Map<String, Long> applied = renewal.applied().size() > MOST ? Map.of() : renewal.applied();
        return new Report(now, applied, first(renewal.rejected()), first(renewal.held()), Math.max(0, renewal.stale()));
    }

    private static <T> List<T> first(List<T> all) {
        return List.copyOf(all.subList(0, Math.min(MOST, all.size())));
    }
}
