package io.tulle.registry.watch;

import io.tulle.client.codec.Schemas;
import io.tulle.client.wire.WatchLine;
import io.tulle.registry.catalog.CatalogChange;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of one change: as many as there are different wishes, each made once. Confined to whoever tells the change. */
final class ChangeLines {
    private final CatalogChange change;
    private final LineWriter writer;
    private final Map<Update, byte[]> updates = new HashMap<>();
    private final Map<Wish, Line> lines = new HashMap<>();

    ChangeLines(CatalogChange change, LineWriter writer) {
        this.change = change;
        this.writer = writer;
    }

    private record Update(String service, Schemas schemas) {}

    private record Wish(List<String> services, Schemas schemas) {}

    /** Returns the line for somebody who follows {@code services}, or null when it is about none of them. */
    @Nullable
    Line of(Set<String> services, Schemas schemas) {
        List<CatalogChange.OfService> told = change.services().stream()
                .filter(of -> services.contains(of.service()))
                .toList();
        if (told.isEmpty()) {
            return null;
        }
        Wish wish = new Wish(told.stream().map(CatalogChange.OfService::service).toList(), schemas);
        return lines.computeIfAbsent(wish, none -> make(told, schemas));
    }

    private Line make(List<CatalogChange.OfService> told, Schemas schemas) {
        Map<String, byte[]> said = new LinkedHashMap<>();
        told.forEach(of -> said.put(
                of.service(),
                updates.computeIfAbsent(new Update(of.service(), schemas), none -> LineWriter.update(of, schemas))));
        return writer.line(WatchLine.Type.CHANGE, change.revision(), said);
    }
}
