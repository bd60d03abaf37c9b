package io.tulle.proofs.live;

import io.tulle.api.resource.Default;
import io.tulle.proofs.history.Entry;
import java.util.Map;

/**
 * As much of a resource as proofs read.
 *
 * @param kind its kind
 * @param metadata who it is, which write made it, and its version
 */
public record RawResource(String kind, Metadata metadata) {
    /** Who a resource is. */
    public record Metadata(
            String namespace,
            String name,
            @Default("{}") Map<String, String> labels,
            @Default("0") String resourceVersion) {}

    /** Returns it as an entry of a history. */
    public Entry entry() {
        String key = kind + " " + metadata.namespace() + "/" + metadata.name();
        String stamp = metadata.labels().getOrDefault(AdminClient.STAMP, "");
        return new Entry(key, stamp, Long.parseLong(metadata.resourceVersion()));
    }
}
