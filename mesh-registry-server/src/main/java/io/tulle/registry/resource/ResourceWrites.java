package io.tulle.registry.resource;

import io.tulle.api.resource.Resource;
import io.tulle.api.resource.ResourceProblem;
import io.tulle.registry.catalog.Catalog;
import io.tulle.registry.catalog.CatalogState;
import io.tulle.registry.catalog.StoredSession;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.Committed;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes resources for people: all edits of a request in one revision or none, and only what every process can put in force. What was decided on is a condition of
 * the transaction, so that it still holds when it is applied; when something else was written meanwhile, it is decided again. Thread-safe.
 */
public final class ResourceWrites {
    /** How many edits a request may have: each is at most three writes of a transaction. */
    public static final int MOST_EDITS = 30;

    private static final int MOST_ATTEMPTS = 50;

    private final Store store;
    private final Catalog catalog;
    private final ResourceReads reads;
    private final ResourceHistory history;

    /**
     * Creates what writes to {@code store}.
     *
     * @param catalog follows the same store
     */
    public ResourceWrites(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
        reads = new ResourceReads(store);
        history = new ResourceHistory(store);
    }

    /**
     * Does all edits in one revision, or none.
     *
     * @param edits 1..{@link #MOST_EDITS}, of different resources
     * @param dryRun whether everything is checked and nothing written
     * @throws ProblemException if they cannot be done; nothing has changed
     */
    public Written write(List<Edit> edits, boolean dryRun) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Waiting.forRevision(catalog, store.revision());
            Plan plan = plan(edits);
            if (dryRun) {
                return new Written(plan.guards().seen(), plan.items(""), affected(plan.changes()));
            } else if (plan.changes().isEmpty()) {
                return new Written(plan.guards().seen(), plan.items(""), null);
            }
            Committed committed = Waiting.forCommit(store.commit(plan.transaction(history)));
            if (committed.succeeded()) {
                return new Written(committed.revision(), plan.items(Long.toString(committed.revision())), null);
            }
            Waiting.forRevision(catalog, committed.revision());
        }
        throw new ProblemException(
                409, "conflict", "others have written the same " + MOST_ATTEMPTS + " times meanwhile; try again");
    }

    private Plan plan(List<Edit> edits) {
        List<Step> steps = steps(edits);
        List<Step> changes = steps.stream().filter(Step::changes).toList();
        CatalogState state = catalog.state();
        List<ResourceProblem> problems = Validation.problems(state, changes);
        if (!problems.isEmpty()) {
            throw Refusals.of(problems, changes);
        }
        return new Plan(steps, Guards.of(state, changes));
    }

    private List<Step> steps(List<Edit> edits) {
        List<Step> steps = new ArrayList<>();
        List<ProblemException> refused = new ArrayList<>();
        for (Edit edit : edits) {
            try {
                steps.add(step(edit));
            } catch (ProblemException e) {
                refused.add(e);
            }
        }
        if (!refused.isEmpty()) {
            throw Refusals.together(refused);
        }
        return steps;
    }

    private Step step(Edit edit) {
        Entry entry = reads.entry(edit.key());
        long revision = entry == null ? 0 : entry.revision();
        edit.precondition().check(edit.title(), revision);
        Resource next = edit.next();
        if (next == null) {
            if (entry == null) {
                throw reads.notFound(edit.kind(), edit.namespace(), edit.name());
            }
            return new Step(edit, entry, ResourceReads.decode(entry), Result.DELETED);
        }
        Precondition.checkVersion(next, revision, edit.pointer());
        if (entry == null) {
            return new Step(edit, null, null, Result.CREATED);
        }
        Resource current = ResourceReads.decodeIfReadable(entry);
        boolean same = current != null && same(current, next);
        Step step = new Step(edit, entry, current, same ? Result.UNCHANGED : Result.CONFIGURED);
        if (step.changes() && step.owned()) {
            throw Refusals.owned(edit);
        }
        return step;
    }

    private static boolean same(Resource current, Resource next) {
        return current.equals(next.withMetadata(
                next.metadata().withResourceVersion(current.metadata().resourceVersion())));
    }

    private Written.Affected affected(List<Step> changes) {
        Set<String> services = new TreeSet<>();
        changes.forEach(step -> services.addAll(step.services()));
        Set<String> callers = new TreeSet<>();
        for (StoredSession session : catalog.sessions()) {
            if (!Collections.disjoint(session.content().subscriptions(), services)) {
                callers.add(session.content().service());
            }
        }
        return new Written.Affected(List.copyOf(services), List.copyOf(callers));
    }
}
