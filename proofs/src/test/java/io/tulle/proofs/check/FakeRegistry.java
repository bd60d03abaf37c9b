package io.tulle.proofs.check;

import io.tulle.proofs.history.Connect;
import io.tulle.proofs.history.Entry;
import io.tulle.proofs.history.Event;
import io.tulle.proofs.history.Finish;
import io.tulle.proofs.history.Line;
import io.tulle.proofs.history.Read;
import io.tulle.proofs.history.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Makes histories of a registry that keeps every promise, with writers, readers and watchers; or of one with a bug in its store. */
final class FakeRegistry {
    static final List<String> SERVICES = List.of("proof/s0", "proof/s1", "proof/s2", "proof/s3");
    private static final String EPOCH = "e1";

    private final Random random;
    private final StoreBug bug;
    private final boolean coalesces;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Entry> state = new TreeMap<>();
    private final Map<String, Long> lastChange = new HashMap<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private long revision = 10;
    private long now = 1_000_000;
    private int writes;
    private int planted;

    enum StoreBug {
        NONE,
        LOSES_A_WRITE,
        SPLITS_A_TRANSACTION,
        RESETS_ITS_REVISION,
        APPLIES_A_REFUSED_WRITE,
        APPLIES_A_TIMED_OUT_WRITE_TWICE,
        CHANGES_ITS_EPOCH,
        READS_THE_PAST
    }

    /**
     * A registry.
     *
     * @param coalesces whether it sends snapshots to watchers that were away or slow
     */
    FakeRegistry(long seed, StoreBug bug, boolean coalesces) {
        random = new Random(seed);
        this.bug = bug;
        this.coalesces = coalesces;
    }

    /** Runs {@code steps} steps and returns what was recorded. */
    List<Event> run(int steps) {
        for (int i = 0; i < 3; i++) {
            Watcher watcher = new Watcher("c" + i, i < 2 ? SERVICES : SERVICES.subList(i, SERVICES.size()));
            watchers.add(watcher);
            watcher.connect(false);
        }
        for (int i = 0; i < steps; i++) {
            now += 100;
            boolean plant = bug != StoreBug.NONE && planted == 0 && i > steps / 2;
            int dice = random.nextInt(10);
            if (plant || dice < 6) {
                write(plant);
            } else if (dice == 6) {
                read(revision);
            } else if (dice == 7) {
                watchers.get(random.nextInt(watchers.size())).progress();
            } else {
                watchers.get(random.nextInt(watchers.size())).comeAndGo();
            }
        }
        now += 10_000;
        read(revision);
        watchers.forEach(watcher -> {
            if (!watcher.connected) {
                watcher.connect(true);
            }
            watcher.progress();
        });
        events.add(Event.of(new Finish(revision)));
        return events;
    }

    private void write(boolean plant) {
        String id = "w" + writes++;
        boolean several = bug == StoreBug.SPLITS_A_TRANSACTION && plant || random.nextInt(4) == 0;
        List<Write.Part> parts = several ? several() : List.of(one());
        Write.Result result = result(plant);
        boolean applied =
                result == Write.Result.ACKED || result == Write.Result.UNKNOWN && (plant || random.nextBoolean());
        long start = now - 250 + random.nextInt(100);
        if (plant) {
            plant(id, parts, result, start);
            return;
        }
        if (applied) {
            apply(id, parts);
        }
        record(id, parts, result, start, applied && result == Write.Result.ACKED ? revision : 0);
    }

    private void plant(String id, List<Write.Part> all, Write.Result result, long start) {
        List<Write.Part> parts = bug == StoreBug.SPLITS_A_TRANSACTION ? all : List.of(put(all.get(0)));
        planted++;
        switch (bug) {
            case LOSES_A_WRITE -> revision++;
            case SPLITS_A_TRANSACTION -> {
                apply(id, parts.subList(0, 1));
                apply(id, parts.subList(1, parts.size()));
            }
            case RESETS_ITS_REVISION -> {
                revision -= 8;
                apply(id, parts);
            }
            case APPLIES_A_TIMED_OUT_WRITE_TWICE -> {
                apply(id, parts);
                apply(id, parts);
            }
            case CHANGES_ITS_EPOCH -> {
                apply(id, parts);
                watchers.forEach(watcher -> watcher.epoch = "e2");
            }
            case READS_THE_PAST -> {
                long past = revision;
                apply(id, parts);
                record(id, parts, result, start, revision);
                now += 500;
                events.add(Event.of(new Read("reader", now, now + 1, "", past, entries(past))));
                return;
            }
            default -> apply(id, parts);
        }
        record(id, parts, result, start, result == Write.Result.ACKED ? revision : 0);
    }

    /** What there was before the newest revision, which has put one key. */
    private List<Entry> entries(long past) {
        return state.values().stream().filter(entry -> entry.revision() <= past).toList();
    }

    private void record(String id, List<Write.Part> parts, Write.Result result, long start, long named) {
        long end = now + random.nextInt(200);
        events.add(Event.of(new Write("writer", id, start, end, result, named, parts)));
    }

    private Write.Result result(boolean plant) {
        if (plant) {
            return switch (bug) {
                case APPLIES_A_REFUSED_WRITE -> Write.Result.REFUSED;
                case APPLIES_A_TIMED_OUT_WRITE_TWICE -> Write.Result.UNKNOWN;
                default -> Write.Result.ACKED;
            };
        }
        int dice = random.nextInt(10);
        return dice == 0 ? Write.Result.REFUSED : dice == 1 ? Write.Result.UNKNOWN : Write.Result.ACKED;
    }

    private List<Write.Part> several() {
        Set<String> keys = new LinkedHashSet<>();
        keys.add("Service " + SERVICES.get(1));
        keys.add("Service " + SERVICES.get(2));
        keys.add("TrafficPolicy " + SERVICES.get(2));
        keys.add("Service " + SERVICES.get(3));
        return keys.stream()
                .map(key -> new Write.Part(key, service(key), false))
                .toList();
    }

    private Write.Part one() {
        String service = SERVICES.get(random.nextInt(SERVICES.size()));
        String policy = "TrafficPolicy " + service;
        boolean delete = random.nextInt(3) == 0 && state.containsKey(policy);
        String key = delete || random.nextBoolean() ? policy : "Service " + service;
        return new Write.Part(key, service, delete);
    }

    private static Write.Part put(Write.Part part) {
        return new Write.Part(part.key(), part.service(), false);
    }

    private static String service(String key) {
        return key.substring(key.indexOf(' ') + 1);
    }

    private void apply(String id, List<Write.Part> parts) {
        revision++;
        Map<String, Line.Update> updates = new LinkedHashMap<>();
        for (Write.Part part : parts) {
            if (part.delete()) {
                state.remove(part.key());
            } else {
                state.put(part.key(), new Entry(part.key(), id, revision));
            }
        }
        for (Write.Part part : parts) {
            updates.computeIfAbsent(part.service(), service -> update(service, parts));
        }
        updates.keySet().forEach(service -> lastChange.put(service, revision));
        watchers.forEach(watcher -> watcher.change(updates));
    }

    private Line.Update update(String service, List<Write.Part> parts) {
        List<Entry> entries = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (Write.Part part : parts) {
            if (part.service().equals(service)) {
                if (part.delete()) {
                    removed.add(part.key());
                } else {
                    entries.add(state.get(part.key()));
                }
            }
        }
        return new Line.Update(service, lastChange.getOrDefault(service, 0L), entries, removed);
    }

    private void read(long asOf) {
        events.add(Event.of(new Read("reader", now, now + 10, "", asOf, new ArrayList<>(state.values()))));
    }

    /** A watcher, and what the registry keeps for it. */
    private final class Watcher {
        private final String name;
        private final List<String> services;
        private final List<Line> unsent = new ArrayList<>();
        private String epoch = EPOCH;
        private boolean connected;
        private long bookmark;

        Watcher(String name, List<String> services) {
            this.name = name;
            this.services = services;
        }

        void connect(boolean resume) {
            connected = true;
            long since = resume ? bookmark : Connect.ANEW;
            events.add(Event.of(new Connect(name, now, services, since, 200)));
            if (!resume) {
                unsent.clear();
                services.forEach(service -> send(snapshot(service)));
            } else if (coalesces && random.nextInt(3) == 0) {
                Set<String> changed = new LinkedHashSet<>();
                unsent.forEach(line -> line.updates().forEach(update -> changed.add(update.service())));
                unsent.clear();
                changed.forEach(service -> send(snapshot(service)));
            } else {
                unsent.forEach(this::send);
                unsent.clear();
            }
        }

        void comeAndGo() {
            if (connected) {
                connected = false;
            } else {
                connect(!coalesces || random.nextInt(4) != 0);
            }
        }

        void progress() {
            if (connected) {
                send(new Line(name, now, Line.Type.PROGRESS, epoch, revision, List.of()));
            }
        }

        void change(Map<String, Line.Update> updates) {
            List<Line.Update> mine = updates.values().stream()
                    .filter(update -> services.contains(update.service()))
                    .toList();
            if (!mine.isEmpty()) {
                Line line = new Line(name, now, Line.Type.CHANGE, epoch, revision, mine);
                if (connected) {
                    send(line);
                } else {
                    unsent.add(line);
                }
            }
        }

        private Line snapshot(String service) {
            List<Entry> entries = state.values().stream()
                    .filter(entry -> service(entry.key()).equals(service))
                    .toList();
            Line.Update update = new Line.Update(service, lastChange.getOrDefault(service, 0L), entries, List.of());
            return new Line(name, now, Line.Type.SNAPSHOT, epoch, revision, List.of(update));
        }

        private void send(Line line) {
            Line sent = new Line(name, now + random.nextInt(50), line.type(), epoch, line.revision(), line.updates());
            bookmark = sent.revision();
            events.add(Event.of(sent));
        }
    }
}
