package io.tulle.registry.catalog;

import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading many keys, or one. */
public final class StoreReading {
    private static final int PAGE = 1_000;

    private StoreReading() {}

    /** Returns the newest version of a key, or null when there is none. */
    public static @Nullable Entry find(Store store, String key) {
        List<Entry> first =
                store.range(key, "", 1, 0).entries(); // of all keys that start with it, the key itself is the first
        return first.isEmpty() || !first.get(0).key().equals(key) ? null : first.get(0);
    }

    /** Returns everything under a prefix as of a revision, page by page. */
    static List<Entry> all(Store store, String prefix, long revision) {
        List<Entry> entries = new ArrayList<>();
        Store.Range page = store.range(prefix, "", PAGE, revision);
        entries.addAll(page.entries());
        while (page.more()) {
            page = store.range(prefix, entries.get(entries.size() - 1).key(), PAGE, revision);
            entries.addAll(page.entries());
        }
        return entries;
    }
}
