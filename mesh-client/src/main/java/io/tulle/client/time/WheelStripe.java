package io.tulle.client.time;

import io.tulle.api.time.Instants;
import io.tulle.api.time.Scheduler;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One lock's share of a {@link TimerWheel}: buckets of doubly linked timers and the list of those that are due. Thread-safe. */
final class WheelStripe {
    private final ReentrantLock lock = new ReentrantLock(); // guards everything below, and the links of the nodes
    private final long origin;
    private final long tickNanos;
    private final Node[] buckets;
    private final Node due = new Node(this, 0, null);
    private long cursor = -1; // the last tick whose bucket was collected
    private int size;

    WheelStripe(long origin, long tickNanos, int bucketCount) {
        this.origin = origin;
        this.tickNanos = tickNanos;
        buckets = new Node[bucketCount];
        for (int i = 0; i < bucketCount; i++) {
            buckets[i] = new Node(this, 0, null);
        }
    }

    Scheduler.Timer add(long atNanos, Runnable task) {
        Node node = new Node(this, atNanos, task);
        long tick = Math.floorDiv(atNanos - origin - 1, tickNanos) + 1; // rounded up: never early
        lock.lock();
        try {
            node.linkBefore(bucket(Math.max(tick, cursor + 1)));
            size++;
        } finally {
            lock.unlock();
        }
        return node;
    }

    /** Moves what has expired by {@code now} to the due list. */
    void collect(long now) {
        long target = Math.floorDiv(now - origin, tickNanos);
        lock.lock();
        try {
            if (size > 0) {
                long from = Math.max(cursor + 1, target - buckets.length + 1); // one whole turn sees every bucket
                for (long tick = from; tick <= target; tick++) {
                    collect(bucket(tick), now);
                }
            }
            cursor = Math.max(cursor, target);
        } finally {
            lock.unlock();
        }
    }

    private void collect(Node head, long now) {
        Node node = head.next;
        while (node != head) {
            Node next = node.next;
            if (now - node.atNanos >= 0) { // the others are of later turns
                node.unlink();
                node.linkBefore(due);
            }
            node = next;
        }
    }

    /** Takes the task of one due timer, which can then no longer be cancelled; null when none is due. */
    @Nullable
    Runnable takeDue() {
        lock.lock();
        try {
            Node first = due.next;
            return first == due ? null : remove(first);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the instant of the next tick that has timers, though perhaps those of a later turn; {@link Instants#NEVER} when there are none. */
    long next() {
        lock.lock();
        try {
            for (long tick = cursor + 1; size > 0 && tick <= cursor + buckets.length; tick++) {
                Node head = bucket(tick);
                if (head.next != head) {
                    return origin + tick * tickNanos;
                }
            }
            return Instants.NEVER;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    private Node bucket(long tick) {
        return buckets[(int) tick & buckets.length - 1];
    }

    private void cancel(Node node) {
        lock.lock();
        try {
            if (node.task != null) {
                remove(node);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable remove(Node node) {
        Runnable task = node.task;
        node.task = null;
        node.unlink();
        size--;
        return task;
    }

    /** A timer in its list, or the head of a list. Without a task it is over. */
    private static final class Node implements Scheduler.Timer {
        final WheelStripe stripe;
        final long atNanos;

        @Nullable
        Runnable task;

        Node previous = this;
        Node next = this;

        Node(WheelStripe stripe, long atNanos, @Nullable Runnable task) {
            this.stripe = stripe;
            this.atNanos = atNanos;
            this.task = task;
        }

        @Override
        public void cancel() {
            stripe.cancel(this);
        }

        void linkBefore(Node head) {
            previous = head.previous;
            next = head;
            previous.next = this;
            head.previous = this;
        }

        void unlink() {
            previous.next = next;
            next.previous = previous;
            previous = this;
            next = this;
        }
    }
}
