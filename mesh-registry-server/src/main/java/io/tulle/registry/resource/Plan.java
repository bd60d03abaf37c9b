package io.tulle.registry.resource;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Resource;
import io.tulle.client.wire.RemovalReason;
import io.tulle.registry.catalog.Gone;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.store.Transaction;
import java.util.List;

/**
 * What some edits come to.
 *
 * @param steps one for each edit, in order
 * @param guards what it relies on
 */
record Plan(List<Step> steps, Guards guards) {
    Plan {
        steps = List.copyOf(steps);
    }

    List<Step> changes() {
        return steps.stream().filter(Step::changes).toList();
    }

    /** Returns what became of the edits; what was written is of {@code version}. */
    List<Written.Item> items(String version) {
        return steps.stream()
                .map(step -> new Written.Item(step.result(), step.outcome(version)))
                .toList();
    }

    /** Returns the transaction that does it, if everything is still as it was seen. */
    Transaction transaction(ResourceHistory history) {
        Transaction.Builder transaction = Transaction.builder();
        for (Step step : changes()) {
            transaction.when(step.edit().key(), step.revision());
            Resource next = step.edit().next();
            if (next == null) {
                transaction.delete(step.edit().key());
                rememberWhy(step.resource(), transaction);
            } else {
                transaction.put(step.edit().key(), StoredResource.encode(next));
            }
            if (!step.owned()) {
                history.record(step, transaction);
            }
        }
        guards.addTo(transaction);
        return transaction.build();
    }

    /** Processes obey a removal at once when they are told that somebody wanted it. */
    private static void rememberWhy(Resource deleted, Transaction.Builder transaction) {
        if (deleted instanceof Instance instance) {
            Gone gone = Gone.of(instance, RemovalReason.DELETED);
            transaction.put(gone.key(), gone.encode());
        }
    }
}
