package io.tulle.testing.sockets;

import io.tulle.api.resource.Route;
import io.tulle.testing.wire.WireServer;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Two things that happen to one call at about the same time, whichever comes first.
 *
 * @param name a fact, in camel case
 * @param protocols where it can happen
 * @param endpoints how many servers there are
 * @param rule under which calls are made
 * @param run makes one call
 * @param firstWon whether the call was won by what the delay gives a lead when it is long
 */
record Race(
        String name,
        Set<WireServer.Speaks> protocols,
        int endpoints,
        Route.Rule rule,
        Run run,
        Predicate<Sighting> firstWon) {
    /** One call. */
    @FunctionalInterface
    interface Run {
        /** Makes the call with what comes between after about {@code delayNanos}, and returns what the application saw. */
        Sighting once(RaceTrack track, long delayNanos) throws InterruptedException;
    }

    @Override
    public String toString() {
        return name;
    }
}
