package io.tulle.registry.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.client.wire.RemovalReason;
import io.tulle.client.wire.Renewed;
import io.tulle.registry.catalog.Gone;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.StoreReading;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.catalog.StoredSession;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Transaction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrationSchedulesTest {
    private static final int SCHEDULES = 10_000;

    @Test
    void whoeverLivesIsRegisteredAndNobodyElse() {
        for (long seed = 0; seed < SCHEDULES; seed++) {
            assertThat(new Schedule(seed, RegistrationSchedulesTest::right).run())
                    .as("schedule %d", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFound(Function<Schedule, Registry> bug) {
        long found = Stream.iterate(0L, seed -> seed + 1)
                .limit(SCHEDULES / 10)
                .filter(seed -> !new Schedule(seed, bug).run().isEmpty())
                .findFirst()
                .orElse(-1L);

        assertThat(found).isNotNegative();
    }

    static Stream<Named<Function<Schedule, Registry>>> bugs() {
        return Stream.of(
                Named.of("a removal looks at the name alone", DeletesByName::new),
                Named.of("a renewal keeps other sessions, too", RenewsStrangers::new),
                Named.of("an older session may take the name back", LastOneWins::new),
                Named.of("an instance hangs on no lease", NeverExpires::new));
    }

    private static Registry right(Schedule schedule) {
        return new Registry(schedule.store(), schedule.clock(), schedule::id);
    }

    private static final class DeletesByName extends Registry {
        DeletesByName(Schedule schedule) {
            super(schedule.store(), schedule.clock(), schedule::id);
        }

        @Override
        void deregister(String session, String name, String uid) {
            Entry entry = StoreReading.find(store, Keys.resource(Kind.INSTANCE, "shop", name));
            if (entry != null) {
                Gone gone = Gone.of((Instance) StoredResource.decode(entry), RemovalReason.DRAINED);
                store.commit(Transaction.builder()
                                .delete(entry.key())
                                .put(gone.key(), gone.encode())
                                .build())
                        .join();
            }
        }
    }

    private static final class RenewsStrangers extends Registry {
        RenewsStrangers(Schedule schedule) {
            super(schedule.store(), schedule.clock(), schedule::id);
        }

        @Override
        Renewed renew(String session) {
            catalog.sessions().forEach(other -> store.keepAlive(other.lease()));
            return super.renew(session);
        }
    }

    private static class LastOneWins extends Registry {
        LastOneWins(Schedule schedule) {
            super(schedule.store(), schedule.clock(), schedule::id);
        }

        @Override
        void register(String session, Instance instance) {
            StoredSession stored = catalog.session(session);
            if (stored != null) {
                put(instance, stored.lease());
            }
        }

        void put(Instance instance, long lease) {
            store.commit(Transaction.builder()
                            .put(Keys.resource(instance), StoredResource.encode(instance), lease)
                            .build())
                    .join();
        }
    }

    private static final class NeverExpires extends LastOneWins {
        NeverExpires(Schedule schedule) {
            super(schedule);
        }

        @Override
        void put(Instance instance, long lease) {
            super.put(instance, 0);
        }
    }
}
