package io.tulle.benchmarks.balance;

import io.tulle.api.time.Ticker;
import java.util.PriorityQueue;

/** Virtual time and what is to happen in it; at equal instants in the order of planning. Confined to one thread. */
final class Agenda implements Ticker {
    private record Item(long at, long number, Runnable task) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Item> items = new PriorityQueue<>();
    private long now;
    private long planned;

    @Override
    public long nanos() {
        return now;
    }

    /** Plans {@code task} for the instant {@code atNanos}, or for now when that has passed. */
    void at(long atNanos, Runnable task) {
        items.add(new Item(Math.max(now, atNanos), planned++, task));
    }

    /** Runs everything that is planned, and what that plans, to the end. */
    void run() {
        for (Item item = items.poll(); item != null; item = items.poll()) {
            now = item.at;
            item.task.run();
        }
    }
}
