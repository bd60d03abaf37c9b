package io.tulle.client.registry;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells a few dead processes from a registry that has lost sight of most: how many instances of one service have expired during one lease. Confined to the
 * session's thread.
 */
final class ExpiryWindow {
    private static final int FEW = 3;

    private final Deque<Long> obeyed = new ArrayDeque<>();

    /**
     * Returns whether expiries that come now are to be held: with those of the last lease they are more than half of the service, and at least three.
     *
     * @param now the ticker's reading
     * @param lease in nanoseconds
     * @param expiring how many come now
     * @param held how many are held already
     * @param present how many instances there are, both included
     */
    boolean tooMany(long now, long lease, int expiring, int held, int present) {
        while (!obeyed.isEmpty() && now - obeyed.getFirst() >= lease) {
            obeyed.removeFirst();
        }
        int gone = obeyed.size() + held + expiring;
        return gone >= FEW && 2 * gone > present + obeyed.size();
    }

    /** Notes an expiry that was obeyed. */
    void obeyed(long now) {
        obeyed.addLast(now);
    }
}
