package io.tulle.testing;

import io.tulle.core.snapshot.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A wire that follows a script in virtual time. An instance that has replies of its own follows those; every other attempt takes the next of the
 * common replies. The last reply of a list repeats for ever. Confined to the thread that moves the clock.
 */
public final class FakeTransport {
    private static final String COMMON = "";

    private final ManualClock clock;
    private final List<Reply> common;
    private final Map<String, List<Reply>> byInstance;
    private final Map<String, Integer> served = new HashMap<>();
    private final List<FakeExchange> exchanges = new ArrayList<>();

    /** Creates a wire on which every attempt, wherever it goes, takes the next of {@code replies}. */
    public FakeTransport(ManualClock clock, List<Reply> replies) {
        this(clock, replies, Map.of());
    }

    /**
     * Creates a wire.
     *
     * @param common the replies of instances that are not in {@code byInstance}, at least one if there are such
     * @param byInstance replies by instance name
     */
    public FakeTransport(ManualClock clock, List<Reply> common, Map<String, List<Reply>> byInstance) {
        this.clock = clock;
        this.common = List.copyOf(common);
        this.byInstance = Map.copyOf(byInstance);
    }

    /** Returns the exchange of a new attempt at {@code endpoint}; nothing moves before it is started. */
    public FakeExchange open(Endpoint endpoint) {
        String instance = endpoint.instanceName();
        List<Reply> replies = byInstance.getOrDefault(instance, common);
        if (replies.isEmpty()) {
            throw new IllegalStateException(
                    "an attempt was sent to " + endpoint + " (expected: none, the script has no reply for it)");
        }
        int before = served.merge(byInstance.containsKey(instance) ? instance : COMMON, 1, Integer::sum) - 1;
        FakeExchange exchange = new FakeExchange(clock, endpoint, replies.get(Math.min(before, replies.size() - 1)));
        exchanges.add(exchange);
        return exchange;
    }

    /** Returns the instances that attempts were sent to, in order. */
    public List<String> hits() {
        return exchanges.stream()
                .map(exchange -> exchange.endpoint().instanceName())
                .toList();
    }

    /** Returns every exchange, in order. */
    public List<FakeExchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Returns how many exchanges have left something open: responses neither read to their end nor closed, attempts neither over nor cancelled. */
    public long unreleased() {
        return exchanges.stream().filter(exchange -> !exchange.released()).count();
    }
}
