package io.tulle.testing.tck;

import io.tulle.api.resource.Resource;
import io.tulle.testing.Reply;
import java.util.List;
import java.util.Map;

/**
 * A script: resources, calls made one after another, and what the wire answers. Immutable; build one with {@link #named}.
 *
 * @param name a fact, in camel case
 * @param seed determines the clock's origin and every random draw
 * @param resources the mesh's configuration
 * @param calls made one after another
 * @param replies what the wire does with attempts, in order of sending; the last repeats
 * @param repliesByInstance what it does with attempts at these instances instead
 * @param expected the trace of each call without times, as {@link io.tulle.testing.RecordingTrace#withoutTimes}; of fewer calls or none, if the others may
 *     be anything
 * @param heard lines that the listener must have heard, in this order, others between them allowed
 */
public record Scenario(
        String name,
        long seed,
        List<Resource> resources,
        List<ScriptedCall> calls,
        List<Reply> replies,
        Map<String, List<Reply>> repliesByInstance,
        List<String> expected,
        List<String> heard) {
    static final String OWN_SERVICE = "default/caller";

    /** Copies. */
    public Scenario {
        resources = List.copyOf(resources);
        calls = List.copyOf(calls);
        replies = List.copyOf(replies);
        repliesByInstance = Map.copyOf(repliesByInstance);
        expected = List.copyOf(expected);
        heard = List.copyOf(heard);
    }

    /** Returns a builder of a scenario. */
    public static ScenarioBuilder named(String name) {
        return new ScenarioBuilder(name);
    }

    @Override
    public String toString() {
        return name + " (seed " + seed + ")";
    }
}
