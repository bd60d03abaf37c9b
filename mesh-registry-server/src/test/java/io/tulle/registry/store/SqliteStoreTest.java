package io.tulle.registry.store;

import org.junit.jupiter.api.Nested;

class SqliteStoreTest {
    private static final StoreTck.Opening OPENING = (folder, clock) -> SqliteStore.open(folder, clock, clock);

    @Nested
    class Transactions extends TransactionTck {
        Transactions() {
            super(OPENING);
        }
    }

    @Nested
    class Ranges extends RangeTck {
        Ranges() {
            super(OPENING);
        }
    }

    @Nested
    class Watches extends WatchTck {
        Watches() {
            super(OPENING);
        }
    }

    @Nested
    class Leasing extends LeaseTck {
        Leasing() {
            super(OPENING);
        }
    }

    @Nested
    class Racing extends RacingTck {
        Racing() {
            super(OPENING);
        }
    }
}
