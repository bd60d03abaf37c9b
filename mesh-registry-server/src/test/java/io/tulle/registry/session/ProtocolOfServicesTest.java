package io.tulle.registry.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.client.wire.OpenSession;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.catalog.StoreReading;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.store.Committed;
import io.tulle.registry.store.DelegatingStore;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.Transaction;
import io.tulle.testing.ManualClock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProtocolOfServicesTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Sessions.class);

    private final ManualClock clock = new ManualClock(7);
    private final Store store = MemoryStore.open(clock, clock);
    private final AtomicInteger ids = new AtomicInteger();
    private final Registry registry = new Registry(store, clock, () -> "s" + ids.incrementAndGet());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void close() {
        LOGGER.detachAppender(log);
        registry.close();
        store.close();
    }

    @Test
    void aServiceThatNobodyHasDescribedSpeaksWhatItsFirstInstanceDoes() {
        open(instance("ratings-1", Protocol.GRPC));

        assertThat(described()).isEqualTo(new Service.Spec(Protocol.GRPC, List.of()));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void soItIsWhenTheInstanceComesAfterItsSession() {
        String session = open();
        registry.register(session, instance("ratings-1", Protocol.GRPC));

        assertThat(described().protocol()).isEqualTo(Protocol.GRPC);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aDescribedServiceKeepsItsOwnAndAnInstanceNeedNotSayIt() {
        describe(Protocol.GRPC);
        open(instance("ratings-1", Protocol.HTTP));

        assertThat(described().protocol()).isEqualTo(Protocol.GRPC);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void anInstanceThatContradictsItsServiceIsRegisteredAndItIsSaid() {
        open(instance("ratings-1", Protocol.HTTP));
        open(instance("ratings-2", Protocol.GRPC));

        assertThat(described().protocol()).isEqualTo(Protocol.HTTP);
        assertThat(StoreReading.find(store, Keys.resource(Kind.INSTANCE, "shop", "ratings-2")))
                .isNotNull();
        assertThat(warnings())
                .containsExactly(
                        "Instance shop/ratings-2 says protocol: grpc, and shop/ratings is a service of protocol: http, which its callers go by;"
                                + " apply the service with the protocol that its instances speak");
    }

    @Test
    void itIsSaidOnceAndNotWithEveryRepetition() {
        describe(Protocol.HTTP);
        String session = open();
        registry.register(session, instance("ratings-1", Protocol.GRPC));
        registry.register(session, instance("ratings-1", Protocol.GRPC));

        assertThat(warnings()).hasSize(1);
    }

    @Test
    void anInstanceThatIsRefusedContradictsNothing() {
        describe(Protocol.HTTP);
        Instance written = instance("ratings-1", Protocol.HTTP);
        put(written);

        open(instance("ratings-1", Protocol.GRPC));

        assertThat(warnings())
                .containsExactly("Instance shop/ratings-1 is not registered: Instance shop/ratings-1 was written by"
                        + " somebody and belongs to no session; delete it first");
    }

    @Test
    void whatIsRegisteredDoesNotFailByWhatIsToBeSaidOfIt() {
        describe(Protocol.HTTP);
        UnreadableAfterCommit unreadable = new UnreadableAfterCommit(store);
        try (Registry other = new Registry(unreadable, clock, () -> "other")) {
            unreadable.begins = true;
            other.open(opening(instance("ratings-1", Protocol.GRPC)));
            assertThat(unreadable.broken).isTrue();
            unreadable.broken = false;
            other.register("other", instance("ratings-2", Protocol.GRPC));
            assertThat(unreadable.broken).isTrue();

            assertThat(other.renew("other").instances()).containsExactly("ratings-1", "ratings-2");
            assertThat(warnings()).hasSize(2).allMatch(warning -> warning.contains("says protocol: grpc"));
        }
    }

    /** A store whose disk fails as soon as something is written. */
    private static final class UnreadableAfterCommit extends DelegatingStore {
        private volatile boolean begins;
        private volatile boolean broken;

        UnreadableAfterCommit(Store store) {
            super(store);
        }

        @Override
        public CompletableFuture<Committed> commit(Transaction transaction) {
            CompletableFuture<Committed> committed = super.commit(transaction);
            broken = begins;
            return committed;
        }

        @Override
        public Range range(String prefix, String after, int limit, long revision) {
            if (broken) {
                throw new IllegalStateException("disk I/O error");
            }
            return super.range(prefix, after, limit, revision);
        }
    }

    private String open(Instance... instances) {
        return registry.open(opening(instances)).session();
    }

    private static OpenSession opening(Instance... instances) {
        return new OpenSession("shop/ratings", "p", "", Map.of(), List.of(), List.of(instances));
    }

    private static Instance instance(String name, Protocol protocol) {
        return new Instance(
                Metadata.of("shop", name),
                Instance.Spec.of("ratings", name, "127.0.0.1", 1).withProtocol(protocol));
    }

    private void describe(Protocol protocol) {
        put(Service.of("shop", "ratings", new Service.Spec(protocol, List.of())));
    }

    private void put(Resource resource) {
        store.commit(Transaction.builder()
                        .put(Keys.resource(resource), StoredResource.encode(resource))
                        .build())
                .join();
    }

    private Service.Spec described() {
        Entry entry = Objects.requireNonNull(StoreReading.find(store, Keys.resource(Kind.SERVICE, "shop", "ratings")));
        return ((Service) StoredResource.decode(entry)).spec();
    }

    private List<String> warnings() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
