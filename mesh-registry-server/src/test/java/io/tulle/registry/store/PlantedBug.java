package io.tulle.registry.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Stores with something wrong. */
enum PlantedBug {
    DROPS_A_CHANGE(store -> watched(store, observer -> change -> {
        if (change.revision() % 7 != 0) {
            observer.accept(change);
        }
    })),

    TELLS_A_CHANGE_TWICE(store -> watched(store, observer -> change -> {
        observer.accept(change);
        if (change.revision() % 7 == 0) {
            observer.accept(change);
        }
    })),

    SWAPS_CHANGES(store -> watched(store, SwappedChanges::new)),

    SPLITS_A_CHANGE(store -> watched(
            store,
            observer -> change ->
                    change.events().forEach(event -> observer.accept(new Change(change.revision(), List.of(event)))))),

    TELLS_THE_REVISION_ONE_BEGAN_AFTER(store -> new DelegatingStore(store) {
        @Override
        public Subscription watch(String prefix, long since, Consumer<Change> observer) {
            return super.watch(prefix, Math.max(0, since - 1), observer);
        }
    }),

    IGNORES_CONDITIONS(store -> new DelegatingStore(store) {
        @Override
        public CompletableFuture<Committed> commit(Transaction transaction) {
            return super.commit(new Transaction(List.of(), transaction.writes()));
        }
    }),

    COMMITS_HALF(store -> new DelegatingStore(store) {
        @Override
        public CompletableFuture<Committed> commit(Transaction transaction) {
            int half = transaction.writes().size() / 2;
            return half == 0
                    ? super.commit(transaction)
                    : super.commit(new Transaction(
                                    transaction.conditions(),
                                    transaction.writes().subList(0, half)))
                            .thenCompose(first -> super.commit(new Transaction(
                                    List.of(),
                                    transaction
                                            .writes()
                                            .subList(half, transaction.writes().size()))));
        }
    }),

    READS_THE_NEWEST_ONLY(store -> new DelegatingStore(store) {
        @Override
        public Range range(String prefix, String after, int limit, long revision) {
            return super.range(prefix, after, limit, 0);
        }
    }),

    KEEPS_NOTHING_ALIVE(store -> new DelegatingStore(store) {
        @Override
        public boolean keepAlive(long lease) {
            return true;
        }
    }),

    COMPACTS_TOO_MUCH(store -> new DelegatingStore(store) {
        @Override
        public CompletableFuture<Long> compact(long revision) {
            return super.compact(store.revision());
        }
    });

    private final UnaryOperator<Store> planted;

    PlantedBug(UnaryOperator<Store> planted) {
        this.planted = planted;
    }

    /** Returns a store that has the bug. */
    Store in(Store store) {
        return planted.apply(store);
    }

    private static Store watched(Store store, UnaryOperator<Consumer<Change>> wrong) {
        return new DelegatingStore(store) {
            @Override
            public Subscription watch(String prefix, long since, Consumer<Change> observer) {
                return super.watch(prefix, since, wrong.apply(observer));
            }
        };
    }

    /** Keeps every seventh change back until the next one was told. */
    private static final class SwappedChanges implements Consumer<Change> {
        private final Consumer<Change> observer;
        private @org.jspecify.annotations.Nullable Change held;

        SwappedChanges(Consumer<Change> observer) {
            this.observer = observer;
        }

        @Override
        public void accept(Change change) {
            if (change.revision() % 7 == 0) {
                held = change;
                return;
            }
            observer.accept(change);
            if (held != null) {
                observer.accept(held);
                held = null;
            }
        }
    }
}
