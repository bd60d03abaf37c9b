package io.tulle.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.client.wire.RemovalReason;
import io.tulle.registry.catalog.Gone;
import io.tulle.registry.catalog.Keys;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.store.Entry;
import io.tulle.registry.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceWritesTest {
    private final RegistryFixture registry = new RegistryFixture();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void createsReplacesAndLeavesWhatIsSo() {
        Written.Item created = registry.put(Sample.service("catalog"));
        Written.Item configured = registry.put(Sample.service("catalog", "v1"));
        Written.Item unchanged = registry.put(Sample.service("catalog", "v1"));

        assertThat(created.result()).isEqualTo(Result.CREATED);
        assertThat(version(created)).isEqualTo("1");
        assertThat(configured.result()).isEqualTo(Result.CONFIGURED);
        assertThat(version(configured)).isEqualTo("2");
        assertThat(unchanged.result()).isEqualTo(Result.UNCHANGED);
        assertThat(version(unchanged)).isEqualTo("2");
        assertThat(registry.store.revision()).isEqualTo(2);
    }

    @Test
    void whatWasReadCanBeSentBack() {
        Resource read = registry.put(Sample.service("catalog")).resource();

        assertThat(registry.put(read).result()).isEqualTo(Result.UNCHANGED);
    }

    @Test
    void aStaleVersionInTheBodyIsAConflict() {
        Resource read = registry.put(Sample.service("catalog")).resource();
        registry.put(Sample.service("catalog", "v1"));

        ProblemException problem = refusal(() -> registry.put(read));

        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.code()).isEqualTo("conflict");
        assertThat(problem)
                .hasMessage("Service shop/catalog has another version than resourceVersion '1' (the present one is 2;"
                        + " read it again, or leave resourceVersion out)");
        assertThat(problem.fields())
                .extracting(ProblemException.Field::pointer)
                .containsExactly("/metadata/resourceVersion");
    }

    @Test
    void aVersionOfWhatDoesNotExistIsAConflict() {
        Service old = Sample.service("catalog");

        ProblemException problem =
                refusal(() -> registry.put(old.withMetadata(old.metadata().withResourceVersion("7"))));

        assertThat(problem.code()).isEqualTo("conflict");
        assertThat(problem).hasMessageContaining("there is none");
    }

    @Test
    void aPreconditionThatDoesNotHoldChangesNothing() {
        registry.put(Sample.service("catalog"));
        Precondition other = new Precondition(EntityTags.parse("\"7\""), null, false);
        Precondition absent = new Precondition(null, EntityTags.parse("*"), false);

        assertThat(refusal(() -> registry.put(Sample.service("catalog", "v1"), other)))
                .hasMessage("Service shop/catalog is at version 1 (expected by If-Match: \"7\"); read it again")
                .extracting(ProblemException::status)
                .isEqualTo(412);
        assertThat(refusal(() -> registry.put(Sample.service("catalog", "v1"), absent))
                        .code())
                .isEqualTo("precondition-failed");
        assertThat(refusal(() -> registry.put(Sample.service("new"), other)).code())
                .isEqualTo("precondition-failed");
        assertThat(refusal(() -> registry.put(Sample.service("catalog", "v1"), Precondition.NONE.andAbsent()))
                        .code())
                .isEqualTo("already-exists");
        assertThat(registry.find(Kind.SERVICE, "catalog")).isEqualTo(Sample.service("catalog"));
    }

    @Test
    void aPreconditionThatHoldsLetsTheWriteThrough() {
        registry.put(Sample.service("catalog"), new Precondition(null, EntityTags.parse("*"), false));
        registry.put(Sample.service("catalog", "v1"), new Precondition(EntityTags.parse("\"1\""), null, false));

        assertThat(registry.find(Kind.SERVICE, "catalog")).isEqualTo(Sample.service("catalog", "v1"));
    }

    @Test
    void deletesAndShowsWhatItWas() {
        registry.put(Sample.service("catalog"));

        Written.Item deleted = registry.delete(Kind.SERVICE, "catalog");

        assertThat(deleted.result()).isEqualTo(Result.DELETED);
        assertThat(version(deleted)).isEqualTo("1");
        assertThat(registry.find(Kind.SERVICE, "catalog")).isNull();
        assertThat(refusal(() -> registry.delete(Kind.SERVICE, "catalog")).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNotThereIsSaidWithNearNames() {
        registry.put(Sample.service("catalog"));

        assertThat(refusal(() -> registry.delete(Kind.SERVICE, "catlog")))
                .hasMessage("Service shop/catlog does not exist; did you mean catalog?");
    }

    @Test
    void aServiceThatIsUsedIsNotDeleted() {
        registry.apply(
                false,
                Sample.service("catalog"),
                Sample.policy("catalog"),
                Sample.service("other"),
                Sample.route("other", new Route.Destination("catalog", "", 1)),
                Sample.override("catalog", "catalog-1", "catalog-1", 10));
        registry.register(Sample.instance("catalog", "catalog-1", 8081));

        ProblemException problem = refusal(() -> registry.delete(Kind.SERVICE, "catalog"));

        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.code()).isEqualTo("in-use");
        assertThat(problem)
                .hasMessageStartingWith("Service shop/catalog is used by ")
                .hasMessageContaining("3 more");
        assertThat(problem.fields())
                .extracting(field -> field.detail().replaceAll(" /.*", ""))
                .containsExactlyInAnyOrder(
                        "TrafficPolicy shop/catalog",
                        "Route shop/other",
                        "InstanceOverride shop/catalog-1",
                        "Instance shop/catalog-1");
    }

    @Test
    void aSubsetThatARouteNamesStays() {
        registry.apply(
                false, Sample.service("catalog", "v1"), Sample.route("catalog", Route.Destination.subset("v1", 1)));

        ProblemException problem = refusal(() -> registry.put(Sample.service("catalog")));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem)
                .hasMessage(
                        "Route shop/catalog /spec/rules/0/destinations/0/subset: 'v1' (expected: a subset of catalog)");
        assertThat(problem.fields()).extracting(ProblemException.Field::pointer).containsExactly("");
    }

    @Test
    void aRouteInAnotherNamespaceCountsToo() {
        Metadata elsewhere = Metadata.of("web", "front");
        registry.apply(
                false,
                Sample.service("catalog", "v1"),
                new Service(elsewhere, Service.Spec.DEFAULT),
                Sample.route(
                        "web",
                        "front",
                        "front",
                        Duration.ofSeconds(1),
                        new Route.Destination("shop/catalog", "v1", 1)));

        assertThat(refusal(() -> registry.put(Sample.service("catalog")))).hasMessageContaining("Route web/front");
        assertThat(refusal(() -> registry.delete(Kind.SERVICE, "catalog"))).hasMessageContaining("Route web/front");
    }

    @Test
    void aReferenceToNothingIsRefusedWithNearNames() {
        registry.apply(false, Sample.service("catalog", "v1", "v2"), Sample.service("reviews"));

        ProblemException problem = refusal(() -> registry.put(
                Sample.route("catalog", new Route.Destination("reviws", "", 1), Route.Destination.subset("v3", 1))));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.code()).isEqualTo("invalid-resource");
        assertThat(problem.fields())
                .containsExactly(
                        new ProblemException.Field(
                                "/spec/rules/0/destinations/0/service",
                                "'reviws' (expected: a known service; did you mean shop/reviews?)"),
                        new ProblemException.Field(
                                "/spec/rules/0/destinations/1/subset",
                                "'v3' (expected: a subset of catalog; did you mean v1 or v2?)"));
    }

    @Test
    void aServiceHasOneRoute() {
        registry.apply(false, Sample.service("catalog"), Sample.route("catalog"));

        ProblemException problem =
                refusal(() -> registry.put(Sample.route("shop", "second", "catalog", Duration.ofSeconds(1))));

        assertThat(problem).hasMessageContaining("a service without another Route");
        assertThat(problem.status()).isEqualTo(422);
    }

    @Test
    void instancesOfAServiceAreDifferent() {
        registry.apply(false, Sample.service("catalog"), Sample.instance("catalog", "catalog-1", 8081));
        Instance twin = new Instance(
                Metadata.of("shop", "twin"), Instance.Spec.of("catalog", "uid-catalog-1", "127.0.0.1", 8081));

        assertThat(refusal(() -> registry.put(twin))).hasMessageContaining("uid and port");
    }

    @Test
    void whatIsAboutAServiceIsInItsNamespace() {
        registry.put(Sample.service("catalog"));

        ProblemException problem =
                refusal(() -> registry.put(Sample.route("web", "mine", "shop/catalog", Duration.ofSeconds(1))));

        assertThat(problem.code()).isEqualTo("invalid-resource");
        assertThat(problem.fields()).extracting(ProblemException.Field::pointer).containsExactly("/spec/service");
        assertThat(problem).hasMessageContaining("a service of namespace web");
    }

    @Test
    void aResourceMayMoveToAnotherService() {
        registry.apply(
                false,
                Sample.service("catalog"),
                Sample.service("other"),
                Sample.route("shop", "r", "catalog", Duration.ofSeconds(1)));

        Resource moved = Sample.route("shop", "r", "other", Duration.ofSeconds(1));
        assertThat(Objects.requireNonNull(registry.apply(true, moved).affected())
                        .services())
                .containsExactly("shop/catalog", "shop/other");
        registry.put(moved);

        registry.delete(Kind.SERVICE, "catalog");
        assertThat(refusal(() -> registry.delete(Kind.SERVICE, "other")).code()).isEqualTo("in-use");
    }

    @Test
    void appliesAllInOneRevisionWhateverTheOrder() {
        Written written = registry.apply(
                false,
                Sample.route("catalog", Route.Destination.subset("v1", 1)),
                Sample.instance("catalog", "catalog-1", 8081),
                Sample.policy("catalog"),
                Sample.service("catalog", "v1"));

        assertThat(written.revision()).isEqualTo(1);
        assertThat(written.items()).allSatisfy(item -> {
            assertThat(item.result()).isEqualTo(Result.CREATED);
            assertThat(version(item)).isEqualTo("1");
        });
    }

    @Test
    void appliesNothingWhenAnythingIsWrongAndSaysAll() {
        ProblemException problem = refusal(() -> registry.apply(
                false, Sample.service("good"), Sample.route("bad"), Sample.policy("worse"), Sample.route("good")));

        assertThat(problem.fields())
                .extracting(ProblemException.Field::pointer)
                .containsExactly("/1/spec/service", "/2/spec/service");
        assertThat(problem).hasMessageEndingWith("; and 1 more");
        assertThat(registry.store.revision()).isZero();
    }

    @Test
    void appliesAgainWithoutARevision() {
        Resource[] resources = {Sample.service("catalog"), Sample.route("catalog")};
        registry.apply(false, resources);

        Written again = registry.apply(false, resources);

        assertThat(again.items()).extracting(Written.Item::result).containsOnly(Result.UNCHANGED);
        assertThat(again.revision()).isEqualTo(1);
        assertThat(registry.store.revision()).isEqualTo(1);
    }

    @Test
    void thirtyResourcesWithFullHistoriesFit() {
        Resource[] first = new Resource[ResourceWrites.MOST_EDITS];
        for (int round = 0; round <= ResourceHistory.KEPT; round++) {
            for (int i = 0; i < first.length; i++) {
                first[i] = Sample.service("s" + i, "v" + round);
            }
            assertThat(registry.apply(false, first).revision()).isEqualTo(round + 1);
        }
    }

    @Test
    void aTrialWritesNothingAndSaysWhomItConcerns() {
        registry.apply(false, Sample.service("catalog"), Sample.service("other"));
        registry.follow("shop/storefront", "shop/catalog", "shop/elsewhere");
        registry.follow("shop/reviews", "shop/elsewhere");
        long before = registry.store.revision();

        Written tried =
                registry.apply(true, Sample.service("catalog", "v1"), Sample.route("other"), Sample.service("new"));

        assertThat(tried.items())
                .extracting(Written.Item::result)
                .containsExactly(Result.CONFIGURED, Result.CREATED, Result.CREATED);
        assertThat(tried.items()).allSatisfy(item -> assertThat(version(item)).isEmpty());
        assertThat(tried.affected())
                .isEqualTo(new Written.Affected(
                        List.of("shop/catalog", "shop/new", "shop/other"), List.of("shop/storefront")));
        assertThat(registry.store.revision()).isEqualTo(before);
    }

    @Test
    void aTrialThatWouldChangeNothingConcernsNobody() {
        registry.put(Sample.service("catalog"));

        Written tried = registry.apply(true, Sample.service("catalog"));

        assertThat(Objects.requireNonNull(tried.affected()).services()).isEmpty();
        assertThat(tried.affected().callers()).isEmpty();
    }

    @Test
    void aTrialIsRefusedAsTheWriteWouldBe() {
        assertThat(refusal(() -> registry.apply(true, Sample.route("nothing"))).status())
                .isEqualTo(422);
    }

    @Test
    void whatASessionOwnsIsNotWritten() {
        registry.put(Sample.service("catalog"));
        Instance instance = registry.register(Sample.instance("catalog", "catalog-1", 8081));

        ProblemException problem = refusal(
                () -> registry.put(instance.withMetadata(instance.metadata().withLabels(Map.of("version", "v2")))));

        assertThat(problem.code()).isEqualTo("owned-by-session");
        assertThat(problem.status()).isEqualTo(409);
        assertThat(registry.put(instance).result()).isEqualTo(Result.UNCHANGED);
    }

    @Test
    void whatASessionOwnsIsDeletedWithAReason() {
        registry.put(Sample.service("catalog"));
        Instance instance = registry.register(Sample.instance("catalog", "catalog-1", 8081));

        registry.delete(Kind.INSTANCE, "catalog-1");

        Entry marker = Objects.requireNonNull(registry.reads.entry(Keys.gone("shop/catalog", "catalog-1")));
        assertThat(new String(marker.value(), StandardCharsets.UTF_8))
                .isEqualTo(new String(Gone.of(instance, RemovalReason.DELETED).encode(), StandardCharsets.UTF_8));
        assertThat(marker.revision()).isEqualTo(registry.store.revision());
        assertThat(refusal(() -> registry.reads.history(Kind.INSTANCE, "shop", "catalog-1"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void staticInstancesAreWrittenByPeople() {
        registry.put(Sample.service("catalog"));
        registry.put(Sample.instance("catalog", "legacy", 9000));

        Entry entry = Objects.requireNonNull(registry.reads.entry(Keys.resource(Kind.INSTANCE, "shop", "legacy")));
        assertThat(entry.lease()).isZero();
        assertThat(registry.put(Sample.instance("catalog", "legacy", 9001)).result())
                .isEqualTo(Result.CONFIGURED);
    }

    @Test
    void whatWasWrongBeforeDoesNotStopOthers() {
        registry.put(Sample.service("catalog"));
        registry.register(Sample.instance("catalog", "catalog-1", 8081));
        Instance twin = new Instance(
                Metadata.of("shop", "twin"), Instance.Spec.of("catalog", "uid-catalog-1", "127.0.0.1", 8081));
        registry.register(twin);

        assertThat(registry.put(Sample.route("catalog")).result()).isEqualTo(Result.CREATED);
    }

    @Test
    void whatCannotBeReadIsLeftOutOfListsAndCanBeReplaced() {
        registry.put(Sample.service("catalog"));
        registry.store
                .commit(Transaction.builder()
                        .put(
                                Keys.resource(Kind.SERVICE, "shop", "strange"),
                                "{\"schema\":9}".getBytes(StandardCharsets.UTF_8))
                        .build())
                .join();

        assertThat(registry.reads
                        .list(new ResourceReads.Query(Kind.SERVICE, "", "", 10), null)
                        .items())
                .hasSize(1);
        assertThat(refusal(() -> registry.reads.get(Kind.SERVICE, "shop", "strange")))
                .hasMessage("services/shop/strange was written by another version of the registry and cannot be read;"
                        + " replace it with PUT");
        assertThat(refusal(() -> registry.delete(Kind.SERVICE, "strange")).code())
                .isEqualTo("conflict");
        assertThat(registry.put(Sample.service("strange")).result()).isEqualTo(Result.CONFIGURED);
        assertThat(registry.delete(Kind.SERVICE, "strange").result()).isEqualTo(Result.DELETED);
    }

    private static String version(Written.Item item) {
        return item.resource().metadata().resourceVersion();
    }

    private static ProblemException refusal(ThrowingCallable write) {
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, write));
    }
}
