package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.service.Fault;
import java.util.List;

/** The steps of the demo, in order. */
public final class Script {
    /** The name of the step whose p99 is compared with the step before. */
    public static final String SLOW = "10x slower";

    /** Played first and not counted: JVMs that have just started are slow for reasons of their own. */
    public static final Step WARM_UP =
            Step.of("warm-up", "Not counted: the JVMs have just started.", 100, Step.Action.NOTHING);

    /** What is announced when the script is over and everything is left running. */
    public static final Step HOLD =
            Step.of("held", "Everything runs on, under load. Ctrl-C ends it.", 50, Step.Action.NOTHING);

    private Script() {}

    /** Returns the script. It needs two instances of each kind or more. */
    public static List<Step> steps() {
        return List.of(
                Step.of("baseline", "Steady load. All calls to catalog go to v1.", 100, Step.Action.NOTHING),
                Step.of(
                        "split 90/10",
                        "catalog-route.yaml: 90 % to v1, 10 % to v2.",
                        90,
                        scene -> scene.weights(90, 10)),
                Step.of("split 50/50", "catalog-route.yaml: half and half.", 50, scene -> scene.weights(50, 50)),
                Step.of("split 0/100", "catalog-route.yaml: everything to v2.", 0, scene -> scene.weights(0, 100)),
                Step.of(
                                "kill -9",
                                "Back to 50/50. Then kill -9 of catalog-v2-2: nobody tells the callers.",
                                50,
                                scene -> {
                                    scene.weights(50, 50);
                                    scene.kill("catalog-v2-2");
                                })
                        .about("catalog-v2-2"),
                Step.of(
                                "return",
                                "catalog-v2-2 starts again as a new process.",
                                50,
                                scene -> scene.restart("catalog-v2-2"))
                        .about("catalog-v2-2"),
                broken("fails", "catalog-v1-1 fails every request at once.", "catalog-v1-1", Fault.FAIL),
                broken(SLOW, "reviews-1 becomes ten times slower.", "reviews-1", Fault.SLOW10X)
                        .times(1.5),
                broken("swallows", "catalog-v2-1 reads requests and never answers.", "catalog-v2-1", Fault.SWALLOW),
                Step.of(
                                "drain",
                                "catalog-v1-2 is drained, then stopped.",
                                50,
                                scene -> scene.drainAndStop("catalog-v1-2"))
                        .about("catalog-v1-2"));
    }

    private static Step broken(String name, String says, String instance, Fault fault) {
        return Step.of(name, says, 50, scene -> scene.fault(instance, fault))
                .then(scene -> scene.fault(instance, Fault.NONE))
                .about(instance);
    }
}
