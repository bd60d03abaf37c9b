package io.tulle.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.SqliteStore;
import io.tulle.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was true when a write was decided on must be true when it is applied. */
class InterleavedWritesTest {
    private final InterruptedStore store = new InterruptedStore(RegistryFixture.memory());
    private final RegistryFixture registry = new RegistryFixture(store);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void theServiceOfARouteIsDeletedMeanwhile() {
        registry.put(Sample.service("catalog"));
        store.beforeNext(() -> registry.delete(Kind.SERVICE, "catalog"));

        assertThat(refusal(() -> registry.put(Sample.route("catalog"))).code()).isEqualTo("invalid-resource");
    }

    @Test
    void theSubsetThatARouteNamesIsTakenAwayMeanwhile() {
        registry.put(Sample.service("catalog", "v1"));
        store.beforeNext(() -> registry.put(Sample.service("catalog")));

        assertThat(refusal(() -> registry.put(Sample.route("catalog", Route.Destination.subset("v1", 1))))
                        .code())
                .isEqualTo("invalid-resource");
    }

    @Test
    void aRouteNamesTheSubsetThatIsTakenAway() {
        registry.put(Sample.service("catalog", "v1"));
        store.beforeNext(() -> registry.put(Sample.route("catalog", Route.Destination.subset("v1", 1))));

        assertThat(refusal(() -> registry.put(Sample.service("catalog"))).code())
                .isEqualTo("invalid-resource");
    }

    @Test
    void anotherRouteForTheServiceComesMeanwhile() {
        registry.put(Sample.service("catalog"));
        store.beforeNext(() -> registry.put(Sample.route("shop", "first", "catalog", Duration.ofSeconds(1))));

        assertThat(refusal(() -> registry.put(Sample.route("shop", "second", "catalog", Duration.ofSeconds(1))))
                        .code())
                .isEqualTo("invalid-resource");
    }

    @Test
    void aProcessRegistersWithTheServiceThatIsDeleted() {
        registry.put(Sample.service("catalog"));
        store.beforeNext(() -> registry.register(Sample.instance("catalog", "catalog-1", 8081)));

        assertThat(refusal(() -> registry.delete(Kind.SERVICE, "catalog")).code())
                .isEqualTo("in-use");
    }

    @Test
    void theProcessWhoseInstanceIsDeletedStartsAgainMeanwhile() {
        registry.put(Sample.service("catalog"));
        registry.register(Sample.instance("catalog", "catalog-1", 8081));
        Instance restarted =
                new Instance(Metadata.of("shop", "catalog-1"), Instance.Spec.of("catalog", "new", "127.0.0.1", 8081));
        store.beforeNext(() -> registry.register(restarted));

        Written.Item deleted = registry.delete(Kind.INSTANCE, "catalog-1");

        assertThat(((Instance) deleted.resource()).spec().uid()).isEqualTo("new");
        Entry reason = Objects.requireNonNull(registry.reads.entry(Keys.gone("shop/catalog", "catalog-1")));
        assertThat(new String(reason.value(), StandardCharsets.UTF_8)).contains("\"uid\":\"new\"");
    }

    @Test
    void aProcessRegistersUnderTheNameOfAnInstanceThatPeopleCreate() {
        registry.put(Sample.service("catalog"));
        store.beforeNext(() -> registry.register(Sample.instance("catalog", "catalog-1", 8081)));

        assertThat(refusal(() -> registry.put(Sample.instance("catalog", "catalog-1", 9000)))
                        .code())
                .isEqualTo("owned-by-session");
    }

    @Test
    void aRouteOfAnotherNamespaceNamesTheServiceThatIsDeleted() {
        registry.put(Sample.service("catalog"));
        store.beforeNext(() -> registry.apply(
                false,
                new Service(Metadata.of("web", "front"), Service.Spec.DEFAULT),
                Sample.route(
                        "web", "front", "front", Duration.ofSeconds(1), new Route.Destination("shop/catalog", "", 1))));

        assertThat(refusal(() -> registry.delete(Kind.SERVICE, "catalog")).code())
                .isEqualTo("in-use");
    }

    @Test
    void whatIsCreatedComesMeanwhile() {
        store.beforeNext(() -> registry.put(Sample.service("catalog", "theirs")));

        ProblemException problem =
                refusal(() -> registry.put(Sample.service("catalog", "mine"), Precondition.NONE.andAbsent()));

        assertThat(problem.code()).isEqualTo("already-exists");
        assertThat(registry.find(Kind.SERVICE, "catalog")).isEqualTo(Sample.service("catalog", "theirs"));
    }

    @Test
    void theVersionThatIsReplacedGoesMeanwhile() {
        registry.put(Sample.service("catalog"));
        store.beforeNext(() -> registry.put(Sample.service("catalog", "theirs")));
        Precondition first = new Precondition(EntityTags.parse("\"1\""), null, false);

        assertThat(refusal(() -> registry.put(Sample.service("catalog", "mine"), first))
                        .status())
                .isEqualTo(412);
    }

    @Test
    void somethingElseComesMeanwhileAndDoesNotMatter() {
        registry.apply(false, Sample.service("catalog"), Sample.service("other"));
        store.beforeNext(() -> registry.put(Sample.route("other")));

        assertThat(registry.put(Sample.route("catalog")).result()).isEqualTo(Result.CREATED);
    }

    @Test
    void createdAndDeletedMeanwhileTheHistoryHasBoth() {
        store.beforeNext(() -> {
            registry.put(Sample.service("catalog", "theirs"));
            registry.delete(Kind.SERVICE, "catalog");
        });

        registry.put(Sample.service("catalog", "mine"));

        assertThat(registry.reads.history(Kind.SERVICE, "shop", "catalog"))
                .extracting(ResourceVersion::number)
                .containsExactly(3, 2, 1);
    }

    @Test
    void whoeverIsAlwaysLateIsTold() {
        registry.put(Sample.service("catalog"));
        RegistryFixture others = new RegistryFixture(store.uninterrupted());
        for (int i = 0; i < 100; i++) {
            int round = i;
            store.beforeNext(() -> others.put(Sample.service("catalog", "v" + round)));
        }

        assertThat(refusal(() -> registry.put(Sample.service("catalog", "mine"))))
                .hasMessageContaining("others have written")
                .extracting(ProblemException::code)
                .isEqualTo("conflict");
    }

    @Test
    void manyWriteToOneNamespaceAtOnce() throws Exception {
        manyWrite(registry);
    }

    @Test
    void manyWriteToAStoreThatAnswersLater(@TempDir Path folder) throws Exception {
        ManualClock clock = new ManualClock(19);
        try (RegistryFixture onDisk = new RegistryFixture(SqliteStore.open(folder, clock, clock))) {
            manyWrite(onDisk);
        }
    }

    private static void manyWrite(RegistryFixture registry) throws Exception {
        int writers = 16;
        registry.apply(
                false,
                IntStream.range(0, writers)
                        .mapToObj(i -> Sample.service("s" + i))
                        .toArray(Resource[]::new));
        registry.put(Sample.service("rivals"));
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            assertThat(count(threads, writers, i -> routed(registry, "s" + i, "r" + i)))
                    .isEqualTo(writers);
            assertThat(count(threads, writers, i -> routed(registry, "rivals", "rival" + i)))
                    .isOne();
        } finally {
            threads.shutdownNow();
        }
    }

    private static long count(ExecutorService threads, int writers, IntPredicate write) throws Exception {
        List<Callable<Boolean>> writes = IntStream.range(0, writers)
                .<Callable<Boolean>>mapToObj(i -> () -> write.test(i))
                .toList();
        long done = 0;
        for (Future<Boolean> written : threads.invokeAll(writes)) {
            done += written.get() ? 1 : 0;
        }
        return done;
    }

    private static boolean routed(RegistryFixture registry, String service, String name) {
        try {
            registry.put(Sample.route("shop", name, service, Duration.ofSeconds(1)));
            return true;
        } catch (ProblemException e) {
            assertThat(e.code()).isEqualTo("invalid-resource");
            return false;
        }
    }

    private static ProblemException refusal(ThrowingCallable write) {
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, write));
    }
}
