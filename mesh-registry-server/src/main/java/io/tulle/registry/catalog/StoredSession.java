package io.tulle.registry.catalog;

import io.tulle.api.resource.Default;
import io.tulle.client.codec.JsonRecords;
import io.tulle.registry.store.Entry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A session as it is in the store. Immutable.
 *
 * @param id its id
 * @param lease the lease that it and its instances hang on
 * @param created the revision that opened it: of two sessions the one with the greater number is the younger
 * @param revision the revision that wrote it last
 * @param content what was written
 * @param since per subscription, the revision that began it, or a later one
 */
public record StoredSession(
        String id, long lease, long created, long revision, Content content, Map<String, Long> since) {
    /**
     * The value in the store.
     *
     * @param service the service that the process is, as {@code namespace/name}
     * @param process identity of the process
     * @param client name and version of its library
     * @param schemas the newest schemas that it knows, by the kinds' titles
     * @param subscriptions the services that it follows
     */
    public record Content(
            String service,
            String process,
            @Default("") String client,
            @Default("{}") Map<String, Integer> schemas,
            @Default("[]") List<String> subscriptions) {
        /** Copies. */
        public Content {
            schemas = Map.copyOf(schemas);
            subscriptions = List.copyOf(subscriptions);
        }

        /** Returns the same with other subscriptions. */
        public Content withSubscriptions(List<String> others) {
            return new Content(service, process, client, schemas, others);
        }

        /** Returns the value to store. */
        public byte[] encode() {
            return JsonRecords.write(this).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Returns the session of an entry, whose subscriptions are counted as begun where {@code before} says, or now. */
    static StoredSession decode(Entry entry, Map<String, Long> before) {
        String json = new String(entry.value(), StandardCharsets.UTF_8);
        Content content = JsonRecords.read(Content.class, entry.key(), json);
        Map<String, Long> since = new HashMap<>();
        content.subscriptions().forEach(service -> since.put(service, before.getOrDefault(service, entry.revision())));
        String id = entry.key().substring(Keys.SESSIONS.length());
        return new StoredSession(id, entry.lease(), entry.created(), entry.revision(), content, Map.copyOf(since));
    }
}
