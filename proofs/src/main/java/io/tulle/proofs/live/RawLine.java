package io.tulle.proofs.live;

import io.tulle.api.resource.Default;
import io.tulle.client.codec.JsonRecords;
import io.tulle.proofs.history.Line;
import java.util.List;
import java.util.Locale;

/**
 * As much of a line of the stream as proofs read.
 *
 * @param type what it says
 * @param epoch identity of the data
 * @param revision of the store
 * @param services what it says about each
 */
public record RawLine(
        String type,
        String epoch,
        long revision,
        @Default("[]") List<RawUpdate> services) {
    /** What a line says about one service. */
    public record RawUpdate(
            String service,
            @Default("0") long previous,
            @Default("[]") List<RawResource> resources,
            @Default("[]") List<RawRemoved> removed) {}

    /** What is gone. */
    public record RawRemoved(String kind, String name) {}

    /** Reads a line that {@code client} got at {@code at}. */
    static Line parse(String client, long at, String json) {
        RawLine raw = JsonRecords.read(RawLine.class, "line to " + client, json);
        Line.Type type = Line.Type.valueOf(raw.type.toUpperCase(Locale.ROOT));
        return new Line(
                client,
                at,
                type,
                raw.epoch,
                raw.revision,
                raw.services.stream().map(RawLine::update).toList());
    }

    private static Line.Update update(RawUpdate raw) {
        String namespace = raw.service.substring(0, raw.service.indexOf('/') + 1);
        return new Line.Update(
                raw.service,
                raw.previous,
                raw.resources.stream().map(RawResource::entry).toList(),
                raw.removed.stream()
                        .map(removed -> removed.kind + " " + namespace + removed.name)
                        .toList());
    }
}
