package io.tulle.client.registry;

import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.codec.RefusedResource;
import io.tulle.client.wire.WatchLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line of the stream as it was read.
 *
 * @param said what it says
 * @param refused resources of it that could not be read
 */
record Line(WatchLine said, List<RefusedResource> refused) {
    /**
     * Reads a line.
     *
     * @throws InvalidFileException if it is none
     */
    static Line read(String text) {
        List<RefusedResource> refused = new ArrayList<>();
        return new Line(JsonRecords.readGood(WatchLine.class, "the registry's line", text, refused::add), refused);
    }

    /** Returns the resources that could not be read in the {@code index}-th service's part, by their titles. */
    Map<String, RefusedResource> refusedOf(int index) {
        String part = "/services/" + index + "/";
        return refused.stream()
                .filter(resource -> resource.pointer().startsWith(part))
                .collect(Collectors.toMap(Line::title, resource -> resource, (first, second) -> first));
    }

    private static String title(RefusedResource resource) {
        return resource.kind() + " " + resource.namespace() + "/" + resource.name();
    }
}
