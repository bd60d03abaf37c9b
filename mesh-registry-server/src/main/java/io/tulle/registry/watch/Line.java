package io.tulle.registry.watch;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;

/**
 * A line of the stream, encoded; its parts are shared with the lines of other watchers and must not be changed. Immutable.
 *
 * @param revision that it is of
 * @param services that it speaks of
 * @param parts its bytes, line feed included
 */
public record Line(long revision, Set<String> services, List<byte[]> parts) {
    /** Copies. */
    public Line {
        services = Set.copyOf(services);
        parts = List.copyOf(parts);
    }

    /** Returns how many bytes it has. */
    public int size() {
        return parts.stream().mapToInt(part -> part.length).sum();
    }

    /** Returns its bytes in one piece. */
    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream(size());
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
