package io.tulle.registry.resource;

import io.tulle.api.resource.Default;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.JsonRecords;
import io.tulle.registry.store.Entry;
import java.nio.charset.StandardCharsets;

/**
 * A version of a resource as its history keeps it.
 *
 * @param deleted whether this is a deletion
 * @param schema of the resource's kind when it was written
 * @param resource as it was written, or as it was before it was deleted; without a version
 */
public record KeptVersion(@Default("false") boolean deleted, int schema, Resource resource) {
    /** Returns the version that says what a step does. */
    static KeptVersion of(Step step) {
        Resource resource = step.resource();
        return new KeptVersion(
                step.result() == Result.DELETED,
                resource.kind().schema(),
                resource.withMetadata(resource.metadata().withResourceVersion("")));
    }

    static KeptVersion decode(Entry entry) {
        return JsonRecords.read(KeptVersion.class, entry.key(), new String(entry.value(), StandardCharsets.UTF_8));
    }

    byte[] encode() {
        return JsonRecords.write(this).getBytes(StandardCharsets.UTF_8);
    }
}
