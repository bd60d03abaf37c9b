package io.tulle.registry.resource;

import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.api.resource.InvalidField;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.ResourceProblem;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.SnapshotCompiler;
import io.tulle.registry.catalog.CatalogState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether changes fit what is there: the engine's own compiler compiles the services that they concern, so that nothing is written that a process would
 * refuse. Stateless.
 */
final class Validation {
    private static final String NAMESPACE = "default";

    private Validation() {}

    /** Returns what is wrong with {@code changes} to {@code state}: everything in the resources that they write, and in others what was not wrong before. */
    static List<ResourceProblem> problems(CatalogState state, Collection<Step> changes) {
        Set<String> services = new LinkedHashSet<>();
        changes.forEach(step -> services.addAll(step.services()));
        boolean referrers = changes.stream().anyMatch(step -> step.edit().kind() == Kind.SERVICE);
        Prospect after = new Prospect(state, changes);
        List<ResourceProblem> problems = foreign(changes);
        List<Resource> around = after.around(services, referrers);
        if (!compile(around).isEmpty()) {
            List<ResourceProblem> found = compile(after.withAllServices(around));
            Set<String> before = titles(compile(new Prospect(state, List.of()).around(services, referrers)));
            Set<String> written =
                    changes.stream().map(step -> step.edit().title()).collect(Collectors.toSet());
            found.stream()
                    .filter(problem ->
                            written.contains(problem.resource().title()) || !before.contains(problem.toString()))
                    .forEach(problems::add);
        }
        return problems;
    }

    /** Everything about a service is in its namespace, so that who may write a namespace says what happens there. */
    private static List<ResourceProblem> foreign(Collection<Step> changes) {
        List<ResourceProblem> problems = new ArrayList<>();
        for (Step step : changes) {
            Resource next = step.edit().next();
            if (next != null && !next.service().startsWith(next.metadata().namespace() + "/")) {
                String expected = "a service of namespace " + next.metadata().namespace()
                        + ", or the resource in the namespace of the service";
                problems.add(new ResourceProblem(
                        next, new InvalidField("/spec/service", "'" + next.service() + "'", expected)));
            }
        }
        return problems;
    }

    private static List<ResourceProblem> compile(List<Resource> resources) {
        try {
            new SnapshotCompiler(NAMESPACE, () -> 0, MeshListener.NONE)
                    .compile(resources, MeshSnapshot.empty(NAMESPACE), 0);
            return List.of();
        } catch (ContradictoryResourcesException e) {
            return e.problems();
        }
    }

    private static Set<String> titles(List<ResourceProblem> problems) {
        return problems.stream().map(ResourceProblem::toString).collect(Collectors.toSet());
    }
}
