package io.tulle.registry.catalog;

import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.JsonRecords;
import io.tulle.registry.store.Entry;
import java.nio.charset.StandardCharsets;

/**
 * A resource as a value of the store: JSON, {@code {"schema":1,"resource":{...}}}. The resource's version is not in the value, because it is the revision of
 * the entry.
 *
 * @param schema the number of the kind's schema when it was written
 * @param resource without resource version
 */
public record StoredResource(int schema, Resource resource) {
    /** Returns the value to store for a resource. */
    public static byte[] encode(Resource resource) {
        Metadata plain = resource.metadata().withResourceVersion("");
        StoredResource stored = new StoredResource(resource.kind().schema(), resource.withMetadata(plain));
        return JsonRecords.write(stored).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns the resource that an entry holds, with its version.
     *
     * @throws InvalidFileException if the value is not one that this version of the registry can read
     */
    public static Resource decode(Entry entry) {
        String json = new String(entry.value(), StandardCharsets.UTF_8);
        Resource resource =
                JsonRecords.read(StoredResource.class, entry.key(), json).resource();
        return resource.withMetadata(resource.metadata().withResourceVersion(Long.toString(entry.revision())));
    }
}
