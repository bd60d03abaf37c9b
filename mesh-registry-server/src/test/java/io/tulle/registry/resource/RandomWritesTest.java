package io.tulle.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.InstanceOverride;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.registry.http.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of random writes, and a plain map that says what each must do. */
class RandomWritesTest {
    private static final int WRITES = 1_000;
    private static final String[] NAMESPACES = {"shop", "shop", "shop", "web"};
    private static final String[] SERVICES = {"a", "b", "c"};
    private static final String[] SUBSETS = {"", "v1", "v2"};

    private final Model model = new Model();
    private int accepted;
    private int refused;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void doWhatTheModelDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (RegistryFixture registry = new RegistryFixture()) {
            for (int i = 0; i < WRITES; i++) {
                step(random, registry);
                assertThat(registry.store.revision()).as("after write %d", i).isEqualTo(model.revision);
                if (i % 50 == 0) {
                    compare(registry);
                }
            }
            compare(registry);
        }
        assertThat(accepted).isGreaterThan(WRITES / 10);
        assertThat(refused).isGreaterThan(WRITES / 10);
    }

    private void step(SplittableRandom random, RegistryFixture registry) {
        Map<String, Edit> edits = new LinkedHashMap<>();
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1;
        for (int i = 0; i < count; i++) {
            Edit edit = count == 1 ? single(random, registry) : write(resource(random), Precondition.NONE);
            edits.putIfAbsent(edit.title(), edit);
        }
        boolean dryRun = random.nextInt(8) == 0;
        boolean expected = edits.values().stream().allMatch(this::mayBeTried) && tryModel(edits, dryRun);
        boolean done = write(List.copyOf(edits.values()), dryRun, registry);

        assertThat(done).as("%s", edits).isEqualTo(expected);
        accepted += done ? 1 : 0;
        refused += done ? 0 : 1;
    }

    private boolean tryModel(Map<String, Edit> edits, boolean dryRun) {
        Map<String, @Nullable Resource> wanted = new TreeMap<>();
        edits.forEach((title, edit) -> wanted.put(title, plain(edit.next())));
        if (!dryRun) {
            return model.write(wanted);
        }
        Model copy = new Model();
        copy.resources.putAll(model.resources);
        return copy.write(wanted);
    }

    /** Returns whether the version is right, and whether there is something to delete. */
    private boolean mayBeTried(Edit edit) {
        long present = model.versions.getOrDefault(edit.title(), 0L);
        Resource next = edit.next();
        EntityTags match = edit.precondition().match();
        return (next != null || present != 0)
                && !(edit.precondition().absent() && present != 0)
                && (match == null || match.match(present))
                && (next == null
                        || next.metadata().resourceVersion().isEmpty()
                        || next.metadata().resourceVersion().equals(Long.toString(present)));
    }

    private Edit single(SplittableRandom random, RegistryFixture registry) {
        Resource resource = resource(random);
        long present = model.versions.getOrDefault(resource.title(), 0L);
        long guess = random.nextInt(3) == 0 ? present + 1 : Math.max(1, present);
        return switch (random.nextInt(8)) {
            case 0, 1 ->
                Edit.delete(
                        resource.kind(),
                        resource.metadata().namespace(),
                        resource.metadata().name(),
                        Precondition.NONE);
            case 2 -> write(resource, new Precondition(EntityTags.parse("\"" + guess + "\""), null, false));
            case 3 -> write(resource, Precondition.NONE.andAbsent());
            case 4 ->
                write(
                        resource.withMetadata(resource.metadata().withResourceVersion(Long.toString(guess))),
                        Precondition.NONE);
            case 5 -> write(rollback(random, resource, registry), Precondition.NONE);
            default -> write(resource, Precondition.NONE);
        };
    }

    /** Returns a former version of {@code resource}, as the registry has it; itself when there is none. */
    private static Resource rollback(SplittableRandom random, Resource resource, RegistryFixture registry) {
        Metadata metadata = resource.metadata();
        List<ResourceVersion> versions =
                new ResourceHistory(registry.store).versions(resource.kind(), metadata.namespace(), metadata.name());
        if (versions.isEmpty()) {
            return resource;
        }
        return Objects.requireNonNull(
                plain(versions.get(random.nextInt(versions.size())).resource()));
    }

    private static boolean write(List<Edit> edits, boolean dryRun, RegistryFixture registry) {
        try {
            registry.writes.write(edits, dryRun);
            return true;
        } catch (ProblemException e) {
            assertThat(e.status()).isIn(404, 409, 412, 422);
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private void compare(RegistryFixture registry) {
        Map<String, Resource> present = new TreeMap<>();
        Map<String, Long> versions = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            ResourceReads.Query query = new ResourceReads.Query(kind, "", "", ResourceReads.MOST_ITEMS);
            registry.reads.list(query, null).items().forEach(resource -> {
                present.put(resource.title(), Objects.requireNonNull(plain(resource)));
                versions.put(resource.title(), Long.valueOf(resource.metadata().resourceVersion()));
            });
        }
        assertThat(present).isEqualTo(model.resources);
        assertThat(versions).isEqualTo(new TreeMap<>(model.versions));
        model.histories.forEach((title, expected) -> {
            List<@Nullable Resource> kept = new ArrayList<>();
            history(title, registry)
                    .forEach(version -> kept.add(0, version.deleted() ? null : plain(version.resource())));
            assertThat(kept)
                    .as(title)
                    .isEqualTo(expected.subList(Math.max(0, expected.size() - ResourceHistory.KEPT), expected.size()));
        });
    }

    private static List<ResourceVersion> history(String title, RegistryFixture registry) {
        String[] parts = title.split("[ /]");
        return registry.reads.history(Objects.requireNonNull(Kind.ofTitle(parts[0])), parts[1], parts[2]);
    }

    private static Edit write(Resource resource, Precondition precondition) {
        return Edit.write(resource, precondition, "");
    }

    private static @Nullable Resource plain(@Nullable Resource resource) {
        return resource == null
                ? null
                : resource.withMetadata(resource.metadata().withResourceVersion(""));
    }

    private static Resource resource(SplittableRandom random) {
        String namespace = NAMESPACES[random.nextInt(NAMESPACES.length)];
        String service = SERVICES[random.nextInt(SERVICES.length)];
        Metadata metadata = Metadata.of(namespace, SERVICES[random.nextInt(SERVICES.length)]);
        String qualified = random.nextInt(12) == 0 ? "shop/" + service : service;
        return switch (random.nextInt(9)) {
            case 0 -> new TrafficPolicy(metadata, TrafficPolicy.Spec.defaults(qualified));
            case 1 ->
                new Instance(
                        metadata,
                        Instance.Spec.of(qualified, "u" + random.nextInt(2), "localhost", 80 + random.nextInt(2)));
            case 2 ->
                new InstanceOverride(
                        metadata,
                        new InstanceOverride.Spec(qualified, "i" + random.nextInt(2), "", null, 1 + random.nextInt(2)));
            case 3, 4 ->
                Sample.route(
                        namespace,
                        metadata.name(),
                        qualified,
                        Duration.ofSeconds(1 + random.nextInt(2)),
                        new Route.Destination(
                                random.nextInt(3) == 0 ? "shop/" + SERVICES[random.nextInt(3)] : "",
                                SUBSETS[random.nextInt(3)],
                                1));
            default ->
                new Service(
                        metadata.withLabels(Map.of("n", String.valueOf(random.nextInt(2)))),
                        Sample.service("x", SUBSETS[1 + random.nextInt(2)]).spec());
        };
    }
}
