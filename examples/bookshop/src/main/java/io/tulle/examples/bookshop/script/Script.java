package io.tulle.examples.bookshop.script;

import io.tulle.examples.bookshop.service.Fault;
import java.util.List;
import java.util.stream.Stream;

/** The steps of the demo, in order. */
public final class Script {
    /** The name of the step whose p99 is compared with the step before. */
    public static final String SLOW = "10x slower";

    /** Played first and not counted: JVMs that have just started are slow for reasons of their own. */
    public static final Step WARM_UP = Step.of(
            "warm-up",
            "Not counted: the JVMs have just started. Played again while pages fail.",
            100,
            Step.Action.NOTHING);

    /** What is announced when the script is over and everything is left running. */
    public static final Step HOLD =
            Step.of("held", "Everything runs on, under load. Ctrl-C ends it.", 50, Step.Action.NOTHING);

    private Script() {}

    /** Returns the script. It needs two instances of each kind or more. */
    public static List<Step> steps() {
        return Stream.concat(instances().stream(), registry().stream()).toList();
    }

    /** Returns the steps that can be played without a mesh. */
    public static List<Step> withoutRegistry() {
        return steps().stream().filter(step -> !step.needsRegistry()).toList();
    }

    /** Returns the names of the others. */
    public static List<String> namesWithRegistry() {
        return steps().stream().filter(Step::needsRegistry).map(Step::name).toList();
    }

    private static List<Step> instances() {
        return List.of(
                Step.of("baseline", "Steady load. All calls to catalog go to v1.", 100, Step.Action.NOTHING),
                Step.of("split 90/10", "Applied: 90 % to v1, 10 % to v2.", 90, scene -> scene.weights(90, 10)),
                Step.of("split 50/50", "Applied: half and half.", 50, scene -> scene.weights(50, 50)),
                Step.of("split 0/100", "Applied: everything to v2.", 0, scene -> scene.weights(0, 100)),
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
                                "catalog-v2-2 starts again as a new process and registers itself.",
                                50,
                                scene -> scene.restart("catalog-v2-2"))
                        .about("catalog-v2-2"),
                broken("fails", "catalog-v1-1 fails every request at once.", "catalog-v1-1", Fault.FAIL),
                broken(SLOW, "reviews-1 becomes ten times slower.", "reviews-1", Fault.SLOW10X)
                        .times(1.5),
                broken("swallows", "catalog-v2-1 reads requests and never answers.", "catalog-v2-1", Fault.SWALLOW),
                broken("gRPC fails", "ratings-1 answers UNAVAILABLE to every call at once.", "ratings-1", Fault.FAIL),
                broken("gRPC slow", "ratings-2 becomes ten times slower.", "ratings-2", Fault.SLOW10X),
                broken("gRPC silent", "ratings-1 takes calls and never answers.", "ratings-1", Fault.SWALLOW),
                Step.of("gRPC -9", "kill -9 of ratings-2, with its streams.", 50, scene -> scene.kill("ratings-2"))
                        .then(scene -> scene.restart("ratings-2"))
                        .about("ratings-2"),
                registry(
                                "certificates",
                                "All keys and certificates are replaced under load, and the authority too.",
                                Scene::rotate)
                        .telling(Scene::rotated),
                Step.of(
                                "drain",
                                "kill -TERM of catalog-v1-2 and ratings-1: they say goodbye, finish and end.",
                                50,
                                scene -> {
                                    scene.drainAndStop("catalog-v1-2");
                                    scene.drainAndStop("ratings-1");
                                })
                        .about("catalog-v1-2"));
    }

    private static List<Step> registry() {
        return List.of(
                registry(
                                "registry -9",
                                "kill -9 of the registry, and of reviews-2: nobody is there to tell.",
                                scene -> {
                                    scene.registry().kill();
                                    scene.kill("reviews-2");
                                })
                        .about("reviews-2"),
                registry(
                                "cold start",
                                "Another storefront starts while there is no registry: it knows the mesh from the disk.",
                                scene -> scene.registry().openStorefront())
                        .telling(scene -> scene.registry().pages()),
                registry(
                                "registry back",
                                "The registry starts again on its data. The lease of reviews-2 runs out.",
                                scene -> scene.registry().restart())
                        .telling(scene -> scene.registry().members()),
                registry(
                                "registry empty",
                                "kill -9 again; an empty registry takes the place. It has no routes and no instances.",
                                scene -> scene.registry().replace())
                        .telling(scene -> scene.registry().homecoming()),
                registry(
                                "apply again",
                                "Services, routes and policies are applied to the new registry.",
                                scene -> scene.registry().furnish(50, 50))
                        .telling(scene -> scene.registry().members()));
    }

    private static Step registry(String name, String says, Step.Action begin) {
        return Step.of(name, says, 50, begin).withRegistry();
    }

    private static Step broken(String name, String says, String instance, Fault fault) {
        return Step.of(name, says, 50, scene -> scene.fault(instance, fault))
                .then(scene -> scene.fault(instance, Fault.NONE))
                .about(instance);
    }
}
