package io.tulle.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Service;
import io.tulle.registry.catalog.StoredResource;
import io.tulle.registry.http.ProblemException;
import io.tulle.registry.resource.ResourceReads.Page;
import io.tulle.registry.resource.ResourceReads.Query;
import io.tulle.registry.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceListTest {
    private final RegistryFixture registry = new RegistryFixture();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void isOrderedByNamespaceAndName() {
        registry.apply(false, service("web", "b"), service("shop", "b"), service("shop", "a"), service("web", "a"));

        assertThat(titles(list("", "", 10, null))).containsExactly("shop/a", "shop/b", "web/a", "web/b");
        assertThat(titles(list("web", "", 10, null))).containsExactly("web/a", "web/b");
        assertThat(titles(list("we", "", 10, null))).isEmpty();
    }

    @Test
    void hasVersionsAndTheRevision() {
        registry.put(service("shop", "a"));
        registry.put(service("shop", "b"));

        Page page = list("", "", 10, null);

        assertThat(page.revision()).isEqualTo(2);
        assertThat(page.items())
                .extracting(item -> item.metadata().resourceVersion())
                .containsExactly("1", "2");
        assertThat(page.next()).isNull();
    }

    @Test
    void selectsByLabels() {
        registry.apply(
                false,
                labelled("a", Map.of("tier", "x")),
                labelled("b", Map.of("tier", "y", "old", "")),
                labelled("c", Map.of("tier", "y")));

        assertThat(titles(list("", "tier in (x,y),!old", 10, null))).containsExactly("shop/a", "shop/c");
    }

    @Test
    void pagesHoldEverythingOnceAtOneRevision() {
        for (int i = 0; i < 23; i++) {
            registry.put(labelled(String.format("s%02d", i), Map.of("odd", String.valueOf(i % 2))));
        }
        List<String> all = new ArrayList<>();
        @Nullable String next = null;
        int pages = 0;
        do {
            Page page = list("shop", "odd=1", 4, next);
            assertThat(page.revision()).isEqualTo(23);
            all.addAll(titles(page));
            registry.put(labelled("new" + pages, Map.of("odd", "1")));
            registry.delete(Kind.SERVICE, "s" + (20 - pages));
            next = page.next();
            pages++;
        } while (next != null);

        assertThat(pages).isEqualTo(3);
        assertThat(all)
                .containsExactly(
                        "shop/s01",
                        "shop/s03",
                        "shop/s05",
                        "shop/s07",
                        "shop/s09",
                        "shop/s11",
                        "shop/s13",
                        "shop/s15",
                        "shop/s17",
                        "shop/s19",
                        "shop/s21");
    }

    @Test
    void aPageThatTakesTheRestIsTheLast() {
        registry.apply(false, service("shop", "a"), service("shop", "b"));

        assertThat(list("", "", 2, null).next()).isNull();
        assertThat(list("", "", 1, null).next()).isNotNull();
        assertThat(list("", "", 1, list("", "", 1, null).next()).next()).isNull();
    }

    @Test
    void longListsAreReadInParts() {
        for (int i = 0; i < 1100; i++) {
            registry.store
                    .commit(Transaction.builder()
                            .put(
                                    "r/services/shop/s" + i,
                                    StoredResource.encode(labelled("s" + i, Map.of("rare", String.valueOf(i % 550)))))
                            .build())
                    .join();
        }

        assertThat(titles(list("", "rare=549", 500, null))).containsExactly("shop/s1099", "shop/s549");
        assertThat(list("", "", 500, null).items()).hasSize(500);
    }

    @Test
    void aTokenIsForItsListOnly() {
        registry.apply(false, service("shop", "a"), service("shop", "b"));
        String next = list("shop", "", 1, null).next();

        assertThat(refusal(() -> list("", "", 1, next)).code()).isEqualTo("invalid-parameter");
        assertThat(refusal(() -> list("shop", "a", 1, next))).hasMessageContaining("the token of another list");
    }

    @Test
    void aTokenOfTheFutureIsRefused() {
        registry.apply(false, service("shop", "a"), service("shop", "b"));
        PageToken future = new PageToken(registry.store.epoch(), 7, "r/services/shop/?", "r/services/shop/a");

        assertThat(refusal(() -> list("shop", "", 1, future.text())))
                .hasMessage("continue: revision 7 (expected: at most 1)");
    }

    @Test
    void aTokenThatPointsOutsideOfTheListIsRefused() {
        registry.apply(false, service("shop", "a"), service("shop", "b"));
        PageToken outside = new PageToken(registry.store.epoch(), 1, "r/services/shop/?", "h/");

        assertThat(refusal(() -> list("shop", "", 1, outside.text())).status()).isEqualTo(400);
    }

    @Test
    void aListWhoseRevisionIsGoneIsBegunAgain() {
        registry.apply(false, service("shop", "a"), service("shop", "b"));
        String next = list("", "", 1, null).next();
        registry.put(service("shop", "c"));
        registry.store.compact(2).join();

        ProblemException problem = refusal(() -> list("", "", 1, next));

        assertThat(problem.status()).isEqualTo(410);
        assertThat(problem.code()).isEqualTo("compacted");
    }

    @Test
    void aTokenOfOtherDataIsGone() {
        registry.apply(false, service("shop", "a"), service("shop", "b"));
        PageToken other = new PageToken("another", 1, "r/services/?", "r/services/shop/a");

        assertThat(refusal(() -> list("", "", 1, other.text())).status()).isEqualTo(410);
    }

    private Page list(String namespace, String labels, int limit, @Nullable String token) {
        return registry.reads.list(new Query(Kind.SERVICE, namespace, labels, limit), token);
    }

    private static List<String> titles(Page page) {
        return page.items().stream()
                .map(item -> item.metadata().namespace() + "/" + item.metadata().name())
                .toList();
    }

    private static Service service(String namespace, String name) {
        return Service.of(namespace, name, Service.Spec.DEFAULT);
    }

    private static Service labelled(String name, Map<String, String> labels) {
        return new Service(Metadata.of("shop", name).withLabels(labels), Service.Spec.DEFAULT);
    }

    private static ProblemException refusal(ThrowingCallable read) {
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, read));
    }
}
