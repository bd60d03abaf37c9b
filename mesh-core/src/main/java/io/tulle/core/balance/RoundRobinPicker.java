package io.tulle.core.balance;

import io.tulle.api.time.RandomSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Each endpoint in turn, in proportion to weight: the static stride scheduler of gRFC A58. Weights are scaled to at most 65535; the counter's quotient
 * by the number of endpoints is a generation, and an endpoint is skipped in the generations in which its accumulated weight does not wrap. Memory and
 * time do not depend on the weights, and heavy endpoints are interleaved instead of coming in bursts.
 */
public final class RoundRobinPicker implements Picker {
    private static final int FULL = 0xFFFF;

    private final int[] scaled;
    private final boolean equal;
    private final AtomicInteger sequence;

    /**
     * Creates a picker.
     *
     * @param weights of the endpoints, each at least 1
     * @param turn whose turn it is; start it at random, so that clients do not move in step, and hand it on from picker to picker, so that a new set
     *     of endpoints does not begin from the first again
     */
    public RoundRobinPicker(int[] weights, AtomicInteger turn) {
        int heaviest = 1;
        for (int weight : weights) {
            heaviest = Math.max(heaviest, weight);
        }
        scaled = new int[weights.length];
        boolean allFull = true;
        for (int i = 0; i < weights.length; i++) {
            scaled[i] = Math.max(1, (int) Math.round((double) weights[i] * FULL / heaviest));
            allFull &= scaled[i] == FULL;
        }
        equal = allFull;
        sequence = turn;
    }

    @Override
    public int pick(RandomSource random, long now) {
        int size = scaled.length;
        while (true) {
            long turn = sequence.getAndIncrement() & 0xFFFF_FFFFL;
            int index = (int) (turn % size);
            if (equal) {
                return index;
            }
            // Endpoints start half a stride apart, so that equal weights are not all skipped in the same generation.
            long accumulated = scaled[index] * (turn / size) + (index & 1L) * (FULL / 2);
            if (accumulated % FULL >= FULL - scaled[index]) {
                return index;
            }
        }
    }
}
