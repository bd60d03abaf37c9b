package io.tulle.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.registry.catalog.Keys;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceHistoryTest {
    private final RegistryFixture registry = new RegistryFixture();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void hasEveryVersionNewestFirstWithItsRevision() {
        registry.put(Sample.service("catalog"));
        registry.put(Sample.service("other"));
        registry.put(Sample.service("catalog", "v1"));

        List<ResourceVersion> versions = versions("catalog");

        assertThat(versions).extracting(ResourceVersion::number).containsExactly(2, 1);
        assertThat(versions).extracting(ResourceVersion::revision).containsExactly(3L, 1L);
        assertThat(versions.get(0).resource()).isEqualTo(versioned(Sample.service("catalog", "v1"), 3));
        assertThat(versions.get(1).resource()).isEqualTo(versioned(Sample.service("catalog"), 1));
    }

    @Test
    void isWrittenInTheSameRevision() {
        registry.put(Sample.service("catalog"));

        assertThat(registry.store.revision()).isOne();
        assertThat(registry.store
                        .range(Keys.history(Kind.SERVICE, "shop", "catalog"), "", 10, 1)
                        .entries())
                .hasSize(1);
    }

    @Test
    void goesOnThroughDeletions() {
        registry.put(Sample.service("catalog", "v1"));
        registry.delete(Kind.SERVICE, "catalog");
        registry.put(Sample.service("catalog", "v2"));

        List<ResourceVersion> versions = versions("catalog");

        assertThat(versions).extracting(ResourceVersion::number).containsExactly(3, 2, 1);
        assertThat(versions).extracting(ResourceVersion::deleted).containsExactly(false, true, false);
        assertThat(versions.get(1).resource()).isEqualTo(versioned(Sample.service("catalog", "v1"), 2));
    }

    @Test
    void outlivesTheResource() {
        registry.put(Sample.service("catalog"));
        registry.delete(Kind.SERVICE, "catalog");

        assertThat(versions("catalog")).hasSize(2);
    }

    @Test
    void keepsTheLastTwenty() {
        for (int i = 1; i <= 25; i++) {
            registry.put(Sample.service("catalog", "v" + i));
        }

        List<ResourceVersion> versions = versions("catalog");

        assertThat(versions).hasSize(ResourceHistory.KEPT);
        assertThat(versions.get(0).number()).isEqualTo(25);
        assertThat(versions.get(19).number()).isEqualTo(6);
    }

    @Test
    void isOfOneNameOnly() {
        registry.put(Sample.service("catalog"));
        registry.put(Sample.service("catalog-2"));

        assertThat(versions("catalog")).hasSize(1);
    }

    @Test
    void showsWhatWasChanged() {
        registry.put(Sample.service("catalog"));
        registry.put(Sample.route("shop", "catalog", "catalog", Duration.ofSeconds(1)));
        registry.put(
                Sample.route("shop", "catalog", "catalog", Duration.ofSeconds(2), new Route.Destination("", "", 3)));
        List<ResourceVersion> versions = registry.reads.history(Kind.ROUTE, "shop", "catalog");

        List<TreeDiff.Difference> differences = ResourceHistory.diff(versions.get(1), versions.get(0));

        assertThat(differences)
                .extracting(TreeDiff.Difference::pointer)
                .containsExactly("/spec/rules/0/destinations/0", "/spec/rules/0/timeout");
        assertThat(differences.get(1)).isEqualTo(new TreeDiff.Difference("/spec/rules/0/timeout", "1s", "2s"));
    }

    @Test
    void aDeletionIsNothingAtAll() {
        registry.put(Sample.service("catalog"));
        registry.delete(Kind.SERVICE, "catalog");
        List<ResourceVersion> versions = versions("catalog");

        assertThat(ResourceHistory.diff(versions.get(1), versions.get(0)))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.pointer()).isEmpty();
                    assertThat(difference.from()).isNotNull();
                    assertThat(difference.to()).isNull();
                });
    }

    private List<ResourceVersion> versions(String service) {
        return registry.reads.history(Kind.SERVICE, "shop", service);
    }

    private static Resource versioned(Resource resource, long revision) {
        return resource.withMetadata(resource.metadata().withResourceVersion(Long.toString(revision)));
    }
}
