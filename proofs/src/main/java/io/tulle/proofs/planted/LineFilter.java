package io.tulle.proofs.planted;

import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.WatchLine;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Spoils the lines of one stream. Not thread-safe. */
final class LineFilter {
    private static final int EVERY = 60;

    private final PlantedBug bug;
    private final Random random;
    private final boolean resumed;
    private @Nullable String held;
    private boolean changes;

    /**
     * A filter for one stream.
     *
     * @param resumed whether the stream goes on where another one was
     */
    LineFilter(PlantedBug bug, Random random, boolean resumed) {
        this.bug = bug;
        this.random = random;
        this.resumed = resumed;
    }

    /** Returns what is sent in place of a line. */
    List<String> accept(String json) {
        if (!json.startsWith("{\"type\":\"change\"")) {
            return List.of(json);
        }
        boolean first = !changes;
        changes = true;
        if (held != null) {
            String late = held;
            held = null;
            return List.of(json, late);
        }
        boolean now = random.nextInt(EVERY) == 0;
        return switch (bug) {
            case DROP -> now && !first ? List.of() : List.of(json);
            case DUPLICATE -> now ? List.of(json, json) : List.of(json);
            case REORDER -> now ? hold(json) : List.of(json);
            case SPLIT_LINE -> split(json);
            case SKIP_ON_RESUME -> resumed && first ? List.of() : List.of(json);
            case EARLY_MARK -> now ? List.of(mark(json), json) : List.of(json);
            default -> List.of(json);
        };
    }

    private List<String> hold(String json) {
        held = json;
        return List.of();
    }

    private static List<String> split(String json) {
        WatchLine line = JsonRecords.read(WatchLine.class, "line", json);
        int size = line.services().size();
        return size < 2
                ? List.of(json)
                : List.of(
                        JsonRecords.write(
                                with(line, line.type(), line.services().subList(0, 1))),
                        JsonRecords.write(
                                with(line, line.type(), line.services().subList(1, size))));
    }

    private static String mark(String json) {
        WatchLine line = JsonRecords.read(WatchLine.class, "line", json);
        return JsonRecords.write(with(line, WatchLine.Type.PROGRESS, List.of()));
    }

    private static WatchLine with(WatchLine line, WatchLine.Type type, List<WatchLine.ServiceUpdate> services) {
        return new WatchLine(type, line.epoch(), line.revision(), services);
    }
}
