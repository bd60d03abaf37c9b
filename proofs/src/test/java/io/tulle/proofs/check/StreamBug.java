package io.tulle.proofs.check;

import io.tulle.proofs.history.Connect;
import io.tulle.proofs.history.Event;
import io.tulle.proofs.history.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What may go wrong on a stream, done to a history of a registry that sends no snapshots but at the beginning. */
enum StreamBug {
    DROPS(Guarantee.RELIABLE) {
        @Override
        void plant(List<Event> events) {
            int before = middle(events, i -> {
                int at = events.get(i).line() == null ? 0 : next(events, i, Line.Type.CHANGE);
                return at > 0 && next(events, at, Line.Type.CHANGE) > 0;
            });
            events.remove(next(events, before, Line.Type.CHANGE));
        }
    },
    DUPLICATES(Guarantee.UNIQUE) {
        @Override
        void plant(List<Event> events) {
            int at = middle(events, i -> change(events, i) != null && next(events, i, Line.Type.CHANGE) > 0);
            events.add(next(events, at, Line.Type.CHANGE) + 1, events.get(at));
        }
    },
    REORDERS(Guarantee.ORDERED) {
        @Override
        void plant(List<Event> events) {
            int at = middle(events, i -> next(events, i, Line.Type.CHANGE) > 0 && sameService(events, i));
            int next = next(events, at, Line.Type.CHANGE);
            Event former = events.get(at);
            events.set(at, events.get(next));
            events.set(next, former);
        }
    },
    SPLITS(Guarantee.ATOMIC) {
        @Override
        void plant(List<Event> events) {
            int at = middle(
                    events,
                    i -> change(events, i) != null
                            && change(events, i).updates().size() > 1);
            Line line = change(events, at);
            events.set(at, Event.of(with(line, line.updates().subList(0, 1))));
            events.add(
                    at + 1,
                    Event.of(with(line, line.updates().subList(1, line.updates().size()))));
        }
    },
    SENDS_HALF(Guarantee.ATOMIC) {
        @Override
        void plant(List<Event> events) {
            int at = middle(
                    events,
                    i -> change(events, i) != null
                            && change(events, i).updates().size() > 1);
            Line line = change(events, at);
            events.set(at, Event.of(with(line, line.updates().subList(0, 1))));
        }
    },
    RESUMES_TOO_LATE(Guarantee.RESUMABLE) {
        @Override
        void plant(List<Event> events) {
            int at = middle(events, i -> {
                Connect connect = events.get(i).connect();
                int change = next(events, i, Line.Type.CHANGE);
                return connect != null
                        && connect.since() > 0
                        && change > 0
                        && next(events, change, Line.Type.CHANGE) > 0;
            });
            events.remove(next(events, at, Line.Type.CHANGE));
        }
    },
    MARKS_TOO_EARLY(Guarantee.BOOKMARKABLE) {
        @Override
        void plant(List<Event> events) {
            int at = middle(events, i -> change(events, i) != null);
            Line line = change(events, at);
            events.add(
                    at,
                    Event.of(new Line(
                            line.client(), line.at(), Line.Type.PROGRESS, line.epoch(), line.revision(), List.of())));
        }
    },
    ENDS_EARLY(Guarantee.RELIABLE) {
        @Override
        void plant(List<Event> events) {
            int at = middle(events, i -> change(events, i) != null);
            String client = change(events, at).client();
            for (int i = events.size() - 1; i >= at; i--) {
                Line line = events.get(i).line();
                if (line != null && line.client().equals(client)) {
                    events.remove(i);
                }
            }
        }
    };

    private final Guarantee broken;

    StreamBug(Guarantee broken) {
        this.broken = broken;
    }

    Guarantee broken() {
        return broken;
    }

    abstract void plant(List<Event> events);

    List<Event> in(List<Event> events) {
        List<Event> copy = new ArrayList<>(events);
        plant(copy);
        return copy;
    }

    /** A fitting place in the second half, or else the last one. */
    private static int middle(List<Event> events, IntPredicate fits) {
        int[] places = IntStream.range(0, events.size()).filter(fits).toArray();
        return places[places.length / 2];
    }

    private static Line change(List<Event> events, int i) {
        Line line = events.get(i).line();
        return line != null && line.type() == Line.Type.CHANGE ? line : null;
    }

    /** The next line of the same watcher on the same stream, if it is of this type; else 0. */
    private static int next(List<Event> events, int i, Line.Type type) {
        String client = client(events.get(i));
        for (int j = i + 1; client != null && j < events.size(); j++) {
            if (Objects.equals(client(events.get(j)), client)) {
                Line line = events.get(j).line();
                return line != null && line.type() == type ? j : 0;
            }
        }
        return 0;
    }

    private static String client(Event event) {
        return event.line() != null
                ? event.line().client()
                : event.connect() != null ? event.connect().client() : null;
    }

    private static boolean sameService(List<Event> events, int i) {
        Line line = change(events, i);
        Line next = change(events, next(events, i, Line.Type.CHANGE));
        return line != null
                && line.updates().stream()
                        .anyMatch(a -> next.updates().stream()
                                .anyMatch(b -> a.service().equals(b.service())));
    }

    private static Line with(Line line, List<Line.Update> updates) {
        return new Line(line.client(), line.at(), line.type(), line.epoch(), line.revision(), updates);
    }
}
