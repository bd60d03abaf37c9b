package io.tulle.registry.resource;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.NearestNames;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads resources from the store, so that a write that was answered is seen. Thread-safe. */
public final class ResourceReads {
    /** How many resources a page may have. */
    public static final int MOST_ITEMS = 500;

    private static final int MOST_NAMES = 2_000; // among which near ones are looked for
    private static final int LONGEST_NAME = 63;
    private static final int BEGINNING = 3;

    private final Store store;

    /** Creates what reads {@code store}. */
    public ResourceReads(Store store) {
        this.store = store;
    }

    /**
     * A part of a list.
     *
     * @param revision as of which all parts of the list are
     * @param items in order of namespace and name
     * @param next asks for the part after this one; null: this is the last
     */
    public record Page(
            long revision, List<Resource> items, @Nullable String next) {}

    /**
     * What is listed.
     *
     * @param kind of the resources
     * @param namespace theirs; empty for all
     * @param labels what their labels must be
     * @param limit how many on a page, 1..{@link #MOST_ITEMS}
     */
    public record Query(Kind kind, String namespace, String labels, int limit) {
        String prefix() {
            return namespace.isEmpty() ? Keys.resources(kind) : Keys.resources(kind, namespace);
        }
    }

    /**
     * Returns a resource.
     *
     * @throws ProblemException 404 with the names that may have been meant
     */
    public Resource get(Kind kind, String namespace, String name) {
        Entry entry = entry(Keys.resource(kind, namespace, name));
        if (entry == null) {
            throw notFound(kind, namespace, name);
        }
        return decode(entry);
    }

    /**
     * Returns a page of a list: the first, or the one that {@code token} asks for.
     *
     * @throws ProblemException 400 if token or labels are wrong, 410 if the revision of the list is compacted
     */
    public Page list(Query query, @Nullable String token) {
        return new PageReader(store, query).read(token);
    }

    /**
     * Returns the versions of a resource that are kept, newest first; at least one. They outlive the resource.
     *
     * @throws ProblemException 404 if people have not written it
     */
    public List<ResourceVersion> history(Kind kind, String namespace, String name) {
        List<ResourceVersion> versions = new ResourceHistory(store).versions(kind, namespace, name);
        if (versions.isEmpty()) {
            String title = get(kind, namespace, name).title();
            throw new ProblemException(
                    404,
                    "not-found",
                    title + " has no history, because only processes have written it (expected: what people write)");
        }
        return versions;
    }

    /** Returns the problem that there is no such resource. */
    ProblemException notFound(Kind kind, String namespace, String name) {
        List<String> near = near(kind, namespace, name);
        String hint = near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
        String title = kind.title() + " " + shortened(namespace) + "/" + shortened(name);
        return new ProblemException(404, "not-found", title + " does not exist" + hint);
    }

    /** Returns the newest version of a key, or null. */
    @Nullable
    Entry entry(String key) {
        List<Entry> entries = store.range(key, "", 1, 0).entries();
        return entries.isEmpty() || !entries.get(0).key().equals(key) ? null : entries.get(0);
    }

    /**
     * Returns the resource of an entry.
     *
     * @throws ProblemException 409 if this version of the registry cannot read it
     */
    static Resource decode(Entry entry) {
        Resource resource = decodeIfReadable(entry);
        if (resource == null) {
            String detail = entry.key().substring(Keys.RESOURCES.length())
                    + " was written by another version of the registry and cannot be read; replace it with PUT";
            throw new ProblemException(409, "conflict", detail);
        }
        return resource;
    }

    /** Returns the resource of an entry, or null if this version of the registry cannot read it; the catalog has said so in the log. */
    static @Nullable Resource decodeIfReadable(Entry entry) {
        try {
            return StoredResource.decode(entry);
        } catch (InvalidFileException e) {
            return null;
        }
    }

    /** Returns names that may have been meant: first those that begin in the same way, since there may be very many. */
    private List<String> near(Kind kind, String namespace, String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return List.of();
        }
        String beginning = name.substring(0, Math.min(BEGINNING, name.length()));
        List<String> near = NearestNames.to(name, names(kind, namespace, beginning));
        return near.isEmpty() ? NearestNames.to(name, names(kind, namespace, "")) : near;
    }

    private List<String> names(Kind kind, String namespace, String beginning) {
        String prefix = Keys.resources(kind, namespace);
        return store.range(prefix + beginning, "", MOST_NAMES, 0).entries().stream()
                .map(entry -> entry.key().substring(prefix.length()))
                .toList();
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    }
}
