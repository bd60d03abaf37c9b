package io.tulle.client.registry;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.RefusedResource;
import io.tulle.client.wire.WatchLine;
import io.tulle.client.wire.WatchLine.ServiceUpdate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a process believes of what registries tell it: takes the lines of the stream, in whichever epoch, and decides about each as a whole before anything of
 * it is taken. Confined to the session's thread; knows neither time nor network.
 */
final class Beliefs {
    private final Map<String, ServiceBelief> services = new TreeMap<>();
    private final Map<String, Unreadable> unreadable = new TreeMap<>();
    private String epoch = "";
    private long revision;

    /** What is made of a line. */
    enum Reception {
        /** It is taken. */
        TAKEN,
        /** Something before it is missing: snapshots are needed. */
        GAP,
        /** It goes back behind what was heard in this epoch; nothing of it is taken. */
        OLDER,
        /** It cannot be true; nothing of it is taken. */
        REFUSED
    }

    /**
     * What is made of a line, and why.
     *
     * @param reason empty when it is taken
     */
    record Heard(Reception reception, String reason) {
        static final Heard TAKEN = new Heard(Reception.TAKEN, "");
    }

    /** A resource that could not be read or is not sent to us, and the service that it belongs to. */
    record Unreadable(String service, String kind, String name, String version, String reason) {
        private static final int LONGEST = 200;

        /** Shortens what the registry has said and takes control characters out of it. */
        Unreadable {
            kind = clean(kind);
            name = clean(name);
            version = clean(version);
        }

        private static String clean(String text) {
            String printable = text.replaceAll("\\p{Cntrl}", "?");
            return printable.length() > LONGEST ? printable.substring(0, LONGEST) : printable;
        }

        @Override
        public String toString() {
            return kind + " " + name + ": " + reason;
        }
    }

    /** Begins to follow a service; does nothing when it is followed. */
    ServiceBelief follow(String service) {
        return services.computeIfAbsent(service, ServiceBelief::new);
    }

    boolean follows(String service) {
        return services.containsKey(service);
    }

    /** Returns the services that are followed, by name. */
    Collection<ServiceBelief> services() {
        return services.values();
    }

    @Nullable
    ServiceBelief service(String name) {
        return services.get(name);
    }

    /** Returns the epoch that was heard last; empty when none is worth resuming from. */
    String epoch() {
        return epoch;
    }

    /** Returns the revision up to which everything was heard in {@link #epoch}. */
    long revision() {
        return revision;
    }

    /** Returns resources that the registry has and that we have an older version of, or none. */
    Collection<Unreadable> unreadable() {
        return unreadable.values();
    }

    /** Returns whether the stream may go on from {@link #revision}: nothing is followed that still needs a snapshot. */
    boolean canResume() {
        return !epoch.isEmpty() && services.values().stream().noneMatch(ServiceBelief::awaitsSnapshot);
    }

    /** Snapshots of everything will be asked for. */
    void askAgain() {
        services.values().forEach(ServiceBelief::askAgain);
    }

    /** Forgets which epoch and revision it was; what is believed stays. */
    void forgetPosition() {
        begin("", 0);
    }

    /** Takes a line, or refuses it as a whole. */
    Heard hear(Line line, long now, long lease) {
        Heard heard = check(line);
        if (heard.reception() == Reception.TAKEN) {
            take(line, now, lease);
        }
        return heard;
    }

    private Heard check(Line line) {
        WatchLine said = line.said();
        boolean sameEpoch = said.epoch().equals(epoch);
        if (said.epoch().isEmpty() || said.revision() < 0) {
            return refused("epoch '" + said.epoch() + "', revision " + said.revision()
                    + " (expected: an epoch and a revision of 0 or more)");
        }
        if (sameEpoch && said.revision() < revision) {
            return new Heard(
                    Reception.OLDER,
                    "revision " + said.revision() + " after " + revision + " in the same epoch (expected: no less)");
        }
        boolean news = epoch.isEmpty() && services.values().stream().allMatch(ServiceBelief::awaitsSnapshot);
        if (!sameEpoch && said.type() != WatchLine.Type.SNAPSHOT && !services.isEmpty() && !news) {
            return new Heard(Reception.GAP, "another epoch without a snapshot");
        }
        for (int i = 0; i < said.services().size(); i++) {
            Heard heard = check(said, line, i);
            if (heard.reception() != Reception.TAKEN) {
                return heard;
            }
        }
        return Heard.TAKEN;
    }

    private Heard check(WatchLine said, Line line, int index) {
        ServiceUpdate update = said.services().get(index);
        ServiceBelief belief = services.get(update.service());
        if (belief == null) {
            return refused("data of " + update.service() + " (expected: of the services that were asked for)");
        }
        for (Resource resource : update.resources()) {
            if (!resource.service().equals(update.service())) {
                return refused(resource.title() + " as part of " + update.service() + " (expected: part of "
                        + resource.service() + ")");
            }
        }
        return switch (said.type()) {
            case SNAPSHOT -> checkSnapshot(update, line, index);
            case CHANGE -> checkChange(said, update, belief);
            case CONFIRM, PROGRESS -> Heard.TAKEN;
        };
    }

    private static Heard checkSnapshot(ServiceUpdate update, Line line, int index) {
        String title = Kind.SERVICE.title() + " " + update.service();
        boolean there = update.resources().stream()
                        .anyMatch(resource -> resource.title().equals(title))
                || update.unsupported().stream().anyMatch(one -> one.kind().equals(Kind.SERVICE.title()))
                || line.refusedOf(index).containsKey(title);
        return there || !update.exists()
                ? Heard.TAKEN
                : refused("a snapshot without " + title + " (expected: the service itself, or that it does not exist)");
    }

    private static Heard checkChange(WatchLine said, ServiceUpdate update, ServiceBelief belief) {
        boolean next =
                !belief.awaitsSnapshot() && belief.last() == update.previous() && said.revision() > belief.last();
        return next
                ? Heard.TAKEN
                : new Heard(
                        Reception.GAP,
                        "a change of " + update.service() + " from " + update.previous() + " to " + said.revision()
                                + " (expected: from " + belief.last() + ")");
    }

    private static Heard refused(String reason) {
        return new Heard(Reception.REFUSED, reason);
    }

    private void take(Line line, long now, long lease) {
        WatchLine said = line.said();
        if (!said.epoch().equals(epoch)) {
            begin(said.epoch(), said.revision());
        }
        revision = said.revision();
        for (int i = 0; i < said.services().size(); i++) {
            ServiceUpdate update = said.services().get(i);
            Map<String, RefusedResource> bad = line.refusedOf(i);
            ServiceBelief belief = follow(update.service());
            switch (said.type()) {
                case SNAPSHOT -> belief.snapshot(update, said.revision(), bad.keySet(), now, lease);
                case CHANGE -> belief.change(update, said.revision(), now, lease);
                case CONFIRM -> belief.confirm(update, now);
                case PROGRESS -> {
                    // it says nothing about services
                }
            }
            noteUnreadable(said.type(), update, bad);
        }
    }

    private void begin(String newEpoch, long newRevision) {
        epoch = newEpoch;
        revision = newRevision;
        services.values().forEach(ServiceBelief::newEpoch);
    }

    private void noteUnreadable(WatchLine.Type type, ServiceUpdate update, Map<String, RefusedResource> bad) {
        String service = update.service();
        String namespace = service.substring(0, service.indexOf('/') + 1);
        if (type == WatchLine.Type.SNAPSHOT) {
            unreadable.values().removeIf(one -> one.service().equals(service));
        }
        update.resources().forEach(resource -> unreadable.remove(resource.title()));
        update.removed().forEach(gone -> unreadable.remove(gone.kind() + " " + namespace + gone.name()));
        bad.forEach((title, one) -> unreadable.put(
                title,
                new Unreadable(
                        service, one.kind(), one.namespace() + "/" + one.name(), one.resourceVersion(), one.reason())));
        update.unsupported()
                .forEach(one -> unreadable.put(
                        one.kind() + " " + namespace + one.name(),
                        new Unreadable(
                                service,
                                one.kind(),
                                namespace + one.name(),
                                one.resourceVersion(),
                                one.field() + " needs schema " + one.schema() + " of " + one.kind()
                                        + " (expected: a version of the library that has it)")));
    }
}
