package io.tulle.registry.resource;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.PlainJson;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last versions of each resource that people wrote, deletions included; they outlive the resource. What sessions register has no history. Thread-safe.
 */
public final class ResourceHistory {
    /** How many versions are kept of a resource. */
    public static final int KEPT = 20;

    private final Store store;

    ResourceHistory(Store store) {
        this.store = store;
    }

    /** Returns the kept versions, newest first; none for a resource that nobody has written. */
    List<ResourceVersion> versions(Kind kind, String namespace, String name) {
        List<ResourceVersion> versions = new ArrayList<>();
        for (Entry entry : entries(kind, namespace, name)) {
            KeptVersion kept = KeptVersion.decode(entry);
            long revision = entry.revision();
            Resource resource = kept.resource()
                    .withMetadata(kept.resource().metadata().withResourceVersion(Long.toString(revision)));
            versions.add(new ResourceVersion(number(entry), revision, kept.deleted(), resource));
        }
        Collections.reverse(versions);
        return List.copyOf(versions);
    }

    /** Returns what was changed between two versions; a deletion is nothing at all. */
    public static List<TreeDiff.Difference> diff(ResourceVersion from, ResourceVersion to) {
        return TreeDiff.between(tree(from), tree(to));
    }

    /** Adds to {@code transaction} that the step makes a version; the oldest goes. Two writes at most. */
    void record(Step step, Transaction.Builder transaction) {
        Edit edit = step.edit();
        List<Entry> entries = entries(edit.kind(), edit.namespace(), edit.name());
        int number = entries.isEmpty() ? 1 : number(entries.get(entries.size() - 1)) + 1;
        String key = Keys.history(edit.kind(), edit.namespace(), edit.name(), number);
        transaction.when(key, 0).put(key, KeptVersion.of(step).encode());
        if (entries.size() >= KEPT) {
            transaction.delete(entries.get(0).key());
        }
    }

    private List<Entry> entries(Kind kind, String namespace, String name) {
        return store.range(Keys.history(kind, namespace, name), "", KEPT + 1, 0).entries();
    }

    private static int number(Entry entry) {
        return Integer.parseInt(entry.key().substring(entry.key().lastIndexOf('/') + 1));
    }

    private static @Nullable Object tree(ResourceVersion version) {
        Resource resource = version.resource();
        return version.deleted()
                ? null
                : PlainJson.of(
                        (Record) resource.withMetadata(resource.metadata().withResourceVersion("")));
    }
}
