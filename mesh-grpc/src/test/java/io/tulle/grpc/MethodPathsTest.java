package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MethodPathsTest {
    private final MethodPaths paths = new MethodPaths();

    @Test
    void aPathIsMadeOnce() {
        assertThat(paths.of("shop.Ratings/Get")).isEqualTo("/shop.Ratings/Get").isSameAs(paths.of("shop.Ratings/Get"));
    }

    @Test
    void beyondTheMostThatAreKeptPathsAreRightAndNotKept() {
        for (int i = 0; i < MethodPaths.MOST; i++) {
            paths.of("shop.Ratings/Get" + i);
        }

        assertThat(paths.of("shop.Ratings/More")).isEqualTo("/shop.Ratings/More");
        assertThat(paths.of("shop.Ratings/More")).isNotSameAs(paths.of("shop.Ratings/More"));
        assertThat(paths.of("shop.Ratings/Get0")).isSameAs(paths.of("shop.Ratings/Get0"));
    }
}
