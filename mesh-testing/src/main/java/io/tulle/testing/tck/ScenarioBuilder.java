package io.tulle.testing.tck;

import io.tulle.api.resource.Resource;
import io.tulle.testing.Reply;
import io.tulle.testing.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds a {@link Scenario}. Without further words: service {@code shop} with instances {@code a} and {@code b}, one GET. Not thread-safe. */
public final class ScenarioBuilder {
    static final String SHOP = "shop";

    private final String name;
    private long seed;
    private List<Resource> resources =
            Resources.service(SHOP).instances("a", "b").list();
    private final List<ScriptedCall> calls = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final Map<String, List<Reply>> byInstance = new HashMap<>();
    private final List<String> expected = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    ScenarioBuilder(String name) {
        this.name = name;
        seed = name.hashCode();
    }

    /** Sets the seed; otherwise the name determines it. */
    public ScenarioBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** Sets the configuration. */
    public ScenarioBuilder resources(Resources value) {
        resources = value.list();
        return this;
    }

    /** Adds a call. */
    public ScenarioBuilder call(ScriptedCall call) {
        calls.add(call);
        return this;
    }

    /** Adds a call and what its trace must be, without times. */
    public ScenarioBuilder call(ScriptedCall call, String trace) {
        while (expected.size() < calls.size()) {
            expected.add("");
        }
        expected.add(trace);
        return call(call);
    }

    /** Adds the same call {@code times}. */
    public ScenarioBuilder calls(int times, ScriptedCall call) {
        for (int i = 0; i < times; i++) {
            calls.add(call);
        }
        return this;
    }

    /** Adds replies for attempts wherever they go. */
    public ScenarioBuilder replies(Reply... more) {
        replies.addAll(List.of(more));
        return this;
    }

    /** Sets the replies of one instance. */
    public ScenarioBuilder replies(String instance, Reply... all) {
        byInstance.put(instance, List.of(all));
        return this;
    }

    /** Adds what the listener must hear, in order. */
    public ScenarioBuilder hears(String... lines) {
        heard.addAll(List.of(lines));
        return this;
    }

    /** Returns the scenario. */
    public Scenario build() {
        return new Scenario(name, seed, resources, calls, replies, byInstance, expected, heard);
    }
}
