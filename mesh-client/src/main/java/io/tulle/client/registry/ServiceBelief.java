package io.tulle.client.registry;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.WatchLine.Removed;
import io.tulle.client.wire.WatchLine.ServiceUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a process believes about one service: what the registry has said last, and what it keeps although the registry does not say it any more. Confined to
 * the session's thread.
 *
 * <p>What is gone with a reason is gone, but for expiries of too many at once. What is gone without a reason stays: an instance while it answers, anything else
 * until somebody deletes it. Only in the epoch in which it was said does a newer snapshot take configuration back by its silence.
 */
final class ServiceBelief {
    /** The revision of a service of which nothing has been heard in this epoch. */
    static final long NOT_HEARD = -1;

    private final String service;
    private final Map<String, Resource> offered = new TreeMap<>();
    private final Map<String, Kept> kept = new TreeMap<>();
    private final ExpiryWindow window = new ExpiryWindow();
    private long last = NOT_HEARD;
    private boolean awaitsSnapshot = true;
    private boolean exists;
    private List<String> near = List.of();

    ServiceBelief(String service) {
        this.service = service;
    }

    /** Returns {@code namespace/name}. */
    String service() {
        return service;
    }

    /** Returns every resource that is believed, by its title. */
    Map<String, Resource> offered() {
        return offered;
    }

    /** Returns what is kept against what the registry says, by its title. */
    Map<String, Kept> kept() {
        return kept;
    }

    /** Returns the revision of the last change that was heard in this epoch, or {@link #NOT_HEARD}. */
    long last() {
        return last;
    }

    /** Returns whether a snapshot must come before anything else. */
    boolean awaitsSnapshot() {
        return awaitsSnapshot;
    }

    /** Returns whether the registry has said in this epoch that there is no such service, and nothing is believed about it. */
    boolean unknown() {
        return last != NOT_HEARD && !exists && offered.isEmpty();
    }

    /** Returns names like this service's, when it is {@link #unknown}. */
    List<String> near() {
        return near;
    }

    /** Takes over what an earlier process of this service has left. */
    void restore(List<Resource> resources) {
        resources.stream()
                .filter(resource -> resource.service().equals(service))
                .forEach(resource -> offered.put(resource.title(), resource));
    }

    /** The registry's data is another: what it says next has nothing to do with revisions of before. */
    void newEpoch() {
        last = NOT_HEARD;
        awaitsSnapshot = true;
    }

    /** Snapshots will be asked for. */
    void askAgain() {
        awaitsSnapshot = true;
    }

    /** Takes a snapshot; what is in {@code unreadable} is there, and stays as it is. */
    void snapshot(ServiceUpdate update, long revision, Set<String> unreadable, long now, long lease) {
        Map<String, Removed> reasons = new HashMap<>();
        update.removed().forEach(removed -> reasons.put(title(removed) + " " + removed.uid(), removed));
        Set<String> present = new HashSet<>(unreadable);
        update.resources().forEach(resource -> present.add(resource.title()));
        update.unsupported().forEach(u -> present.add(title(u.kind(), u.name())));
        List<Resource> expired = new ArrayList<>();
        for (Resource before : List.copyOf(offered.values())) {
            if (!present.contains(before.title())) {
                missing(before, reasons.get(before.title() + " " + uid(before)), update.exists(), expired, now);
            }
        }
        expire(expired, now, lease);
        update.resources().forEach(this::put);
        exists = update.exists();
        near = update.near();
        last = Math.min(Math.max(update.previous(), 0), revision);
        awaitsSnapshot = false;
    }

    private void missing(
            Resource before, @Nullable Removed removed, boolean serviceExists, List<Resource> expired, long now) {
        if (removed != null) {
            remove(before, removed.reason(), expired);
        } else if (before instanceof Instance
                || last == NOT_HEARD
                || !serviceExists
                || kept.containsKey(before.title())) {
            kept.putIfAbsent(before.title(), new Kept(before, Kept.Reason.ABSENT, now));
        } else {
            offered.remove(before.title());
        }
    }

    /** Takes a change. */
    void change(ServiceUpdate update, long revision, long now, long lease) {
        List<Resource> expired = new ArrayList<>();
        for (Removed removed : update.removed()) {
            Resource before = offered.get(title(removed));
            if (before != null && concerns(removed, before)) {
                remove(before, removed.reason(), expired);
            }
        }
        expire(expired, now, lease);
        update.resources().forEach(this::put);
        exists = update.exists();
        last = revision;
    }

    /** Takes the repetition of expiries: they are obeyed now. */
    void confirm(ServiceUpdate update, long now) {
        for (Removed removed : update.removed()) {
            Kept held = kept.get(title(removed));
            if (held != null && concerns(removed, held.resource())) {
                drop(held, now);
            }
        }
    }

    /** An instance that is kept does not answer: returns whether it was kept, and is gone now. */
    boolean failed(String title, String uid, long now) {
        Kept held = kept.get(title);
        if (held != null && uid(held.resource()).equals(uid)) {
            drop(held, now);
            return true;
        }
        return false;
    }

    private void drop(Kept held, long now) {
        kept.remove(held.resource().title());
        offered.remove(held.resource().title());
        if (held.reason() == Kept.Reason.EXPIRED) {
            window.obeyed(now);
        }
    }

    private void put(Resource resource) {
        offered.put(resource.title(), resource);
        kept.remove(resource.title());
    }

    private void remove(Resource before, RemovalReason reason, List<Resource> expired) {
        if (reason == RemovalReason.EXPIRED && before instanceof Instance) {
            expired.add(before);
        } else {
            offered.remove(before.title());
            kept.remove(before.title());
        }
    }

    private void expire(List<Resource> expired, long now, long lease) {
        List<Resource> fresh = expired.stream()
                .filter(resource -> !kept.containsKey(resource.title()))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        int present = (int)
                offered.values().stream().filter(Instance.class::isInstance).count();
        int held = (int) kept.values().stream()
                .filter(one -> one.reason() == Kept.Reason.EXPIRED)
                .count();
        boolean hold = window.tooMany(now, lease, fresh.size(), held, present);
        for (Resource resource : fresh) {
            if (hold) {
                kept.put(resource.title(), new Kept(resource, Kept.Reason.EXPIRED, now));
            } else {
                offered.remove(resource.title());
                window.obeyed(now);
            }
        }
    }

    private static boolean concerns(Removed removed, Resource resource) {
        return removed.uid().equals(uid(resource));
    }

    private static String uid(Resource resource) {
        return resource instanceof Instance instance ? instance.spec().uid() : "";
    }

    private String title(Removed removed) {
        return title(removed.kind(), removed.name());
    }

    private String title(String kind, String name) {
        return kind + " " + service.substring(0, service.indexOf('/')) + "/" + name;
    }

    /** Returns the title of the service itself. */
    String ownTitle() {
        return Kind.SERVICE.title() + " " + service;
    }
}
