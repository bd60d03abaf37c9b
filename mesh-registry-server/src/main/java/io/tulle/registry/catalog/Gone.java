package io.tulle.registry.catalog;

import io.tulle.api.resource.Instance;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.JsonRecords;
import io.tulle.client.wire.RemovalReason;
import io.tulle.registry.store.Entry;
import java.nio.charset.StandardCharsets;

/**
 * Why an instance was taken away, for every reason but an expired lease. It is written under {@link #key} in the revision that deletes the instance, and
 * forgotten some leases later.
 *
 * @param service the instance's service, as {@code namespace/name}
 * @param instance the instance's name
 * @param uid the instance's uid
 * @param reason why
 */
public record Gone(String service, String instance, String uid, RemovalReason reason) {
    /** Returns that an instance goes for {@code reason}. */
    public static Gone of(Instance instance, RemovalReason reason) {
        return new Gone(instance.service(), instance.metadata().name(), uid(instance), reason);
    }

    /** Returns who an instance is: its uid, or its name when it says none. */
    public static String uid(Instance instance) {
        String uid = instance.spec().uid();
        return uid.isEmpty() ? instance.metadata().name() : uid;
    }

    /**
     * Returns what an entry of the store says.
     *
     * @throws InvalidFileException if it cannot be read
     */
    public static Gone decode(Entry entry) {
        return JsonRecords.read(Gone.class, entry.key(), new String(entry.value(), StandardCharsets.UTF_8));
    }

    /** Returns where it is kept in the store. */
    public String key() {
        return Keys.gone(service, instance);
    }

    /** Returns the value to store. */
    public byte[] encode() {
        return JsonRecords.write(this).getBytes(StandardCharsets.UTF_8);
    }
}
