package io.tulle.registry.resource;

import io.tulle.api.resource.Resource;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.CompactedException;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one page of a list. Confined to one thread. */
final class PageReader {
    private static final int BATCH = 500;

    private final Store store;
    private final ResourceReads.Query query;
    private final LabelSelector labels;

    PageReader(Store store, ResourceReads.Query query) {
        this.store = store;
        this.query = query;
        try {
            labels = LabelSelector.parse(query.labels());
        } catch (IllegalArgumentException e) {
            throw invalid("labelSelector", e);
        }
    }

    ResourceReads.Page read(@Nullable String token) {
        if (token == null) {
            return page(0, "");
        }
        PageToken place = place(token);
        if (!place.epoch().equals(store.epoch())) {
            throw compacted("the list was begun on other data");
        }
        try {
            return page(place.revision(), place.after());
        } catch (CompactedException e) {
            throw compacted("the list was begun at revision " + place.revision() + ", which is compacted");
        }
    }

    private ResourceReads.Page page(long asked, String start) {
        long revision = asked;
        String after = start;
        List<Resource> items = new ArrayList<>();
        boolean more = true;
        while (more) {
            Store.Range range = store.range(query.prefix(), after, Math.min(BATCH, query.limit() + 1), revision);
            revision = range.revision();
            more = range.more();
            for (Entry entry : range.entries()) {
                Resource resource = ResourceReads.decodeIfReadable(entry);
                if (resource != null && labels.matches(resource.metadata())) {
                    if (items.size() == query.limit()) {
                        return new ResourceReads.Page(revision, List.copyOf(items), next(revision, items));
                    }
                    items.add(resource);
                }
                after = entry.key();
            }
        }
        return new ResourceReads.Page(revision, List.copyOf(items), null);
    }

    private String next(long revision, List<Resource> items) {
        String last = Keys.resource(items.get(items.size() - 1));
        return new PageToken(store.epoch(), revision, what(), last).text();
    }

    private PageToken place(String token) {
        try {
            PageToken place = PageToken.parse(token);
            if (!place.query().equals(what()) || !place.after().startsWith(query.prefix())) {
                throw new IllegalArgumentException(
                        "the token of another list (expected: the same labelSelector, kind and"
                                + " namespace as for the page before)");
            }
            if (place.revision() > store.revision()) {
                throw new IllegalArgumentException(
                        "revision " + place.revision() + " (expected: at most " + store.revision() + ")");
            }
            return place;
        } catch (IllegalArgumentException e) {
            throw invalid("continue", e);
        }
    }

    private String what() {
        return query.prefix() + "?" + query.labels();
    }

    private static ProblemException invalid(String parameter, IllegalArgumentException e) {
        String detail = String.valueOf(e.getMessage());
        return new ProblemException(
                400,
                "invalid-parameter",
                parameter + ": " + detail,
                List.of(new ProblemException.Field("query/" + parameter, detail)),
                Map.of());
    }

    private static ProblemException compacted(String what) {
        return new ProblemException(410, "compacted", what + "; start again without 'continue'");
    }
}
