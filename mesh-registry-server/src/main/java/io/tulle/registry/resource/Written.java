package io.tulle.registry.resource;

import io.tulle.api.resource.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of edits.
 *
 * @param revision the one that they made; the newest when they changed nothing
 * @param items in the order of the edits
 * @param affected whom they concern, when they were only tried; else null
 */
public record Written(
        long revision, List<Item> items, @Nullable Affected affected) {
    /** Copies. */
    public Written {
        items = List.copyOf(items);
    }

    /**
     * What became of one edit.
     *
     * @param result what it did
     * @param resource as it is now; as it was when it was deleted. Without a version when it was only tried
     */
    public record Item(Result result, Resource resource) {}

    /**
     * Whom a change concerns.
     *
     * @param services whose configuration would change, as {@code namespace/name}, in order
     * @param callers the services of the processes that follow them, in order
     */
    public record Affected(List<String> services, List<String> callers) {}
}
