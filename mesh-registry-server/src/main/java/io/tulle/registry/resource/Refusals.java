package io.tulle.registry.resource;

import io.tulle.api.resource.ResourceProblem;
import io.tulle.registry.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The problems that writes are refused with. */
final class Refusals {
    private static final int MOST_FIELDS = 100;

    private Refusals() {}

    /** Returns the problem that a session owns what {@code edit} would change. */
    static ProblemException owned(Edit edit) {
        String detail = edit.title()
                + " belongs to the session of its process, which would write it again (expected: an InstanceOverride to drain it or to change its weight)";
        return new ProblemException(
                409, "owned-by-session", detail, List.of(new ProblemException.Field(edit.pointer(), detail)), Map.of());
    }

    /** Returns one problem for what is wrong with several edits: the first, with the places of all. */
    static ProblemException together(List<ProblemException> refused) {
        ProblemException first = refused.get(0);
        List<ProblemException.Field> fields =
                refused.stream().flatMap(problem -> problem.fields().stream()).toList();
        return new ProblemException(
                first.status(), first.code(), detail(first.getMessage(), refused.size()), fields, first.headers());
    }

    /** Returns the problem that changes do not fit what is there: 409 for a deletion, else 422. */
    static ProblemException of(List<ResourceProblem> problems, List<Step> changes) {
        List<ProblemException.Field> fields = new ArrayList<>();
        problems.stream().limit(MOST_FIELDS).forEach(problem -> fields.add(field(problem, changes)));
        for (Step step : changes) {
            if (step.result() == Result.DELETED) {
                return inUse(step, problems, fields);
            }
        }
        String first = problems.get(0).toString();
        return new ProblemException(422, "invalid-resource", detail(first, problems.size()), fields, Map.of());
    }

    private static ProblemException inUse(
            Step step, List<ResourceProblem> problems, List<ProblemException.Field> fields) {
        String first = problems.get(0).resource().title();
        String users = problems.size() == 1 ? first : first + " and " + (problems.size() - 1) + " more";
        return new ProblemException(
                409,
                "in-use",
                step.edit().title() + " is used by " + users + "; delete or change what uses it first",
                fields,
                Map.of());
    }

    /** A problem in a resource of the request has its place there; one in another resource is one of the request as a whole. */
    private static ProblemException.Field field(ResourceProblem problem, List<Step> changes) {
        String found =
                problem.field().value() + " (expected: " + problem.field().expected() + ")";
        for (Step step : changes) {
            if (step.edit().next() != null
                    && step.edit().title().equals(problem.resource().title())) {
                return new ProblemException.Field(
                        step.edit().pointer() + problem.field().name(), found);
            }
        }
        return new ProblemException.Field("", problem.toString());
    }

    private static String detail(@Nullable String first, int all) {
        return all == 1 ? String.valueOf(first) : first + "; and " + (all - 1) + " more";
    }
}
