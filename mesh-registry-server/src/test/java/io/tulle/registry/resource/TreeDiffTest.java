package io.tulle.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.registry.resource.TreeDiff.Difference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeDiffTest {
    @Test
    void findsWhatIsDifferentFieldByField() {
        Map<String, Object> from = Map.of("a", 1, "b", Map.of("c/d", "x", "e", true));
        Map<String, Object> to = Map.of("a", 1, "b", Map.of("c/d", "y", "e", true));

        assertThat(TreeDiff.between(from, to)).containsExactly(new Difference("/b/c~1d", "x", "y"));
    }

    @Test
    void whatIsNotThereIsNull() {
        assertThat(TreeDiff.between(Map.of("a", 1), Map.of("b", 2)))
                .containsExactly(new Difference("/a", 1, null), new Difference("/b", null, 2));
    }

    @Test
    void listsAreComparedItemByItem() {
        assertThat(TreeDiff.between(List.of(1, 2, 3), List.of(1, 4)))
                .containsExactly(new Difference("/1", 2, 4), new Difference("/2", 3, null));
    }

    @Test
    void anotherTypeIsOneDifference() {
        assertThat(TreeDiff.between(Map.of("a", List.of(1)), Map.of("a", Map.of("b", 1))))
                .containsExactly(new Difference("/a", List.of(1), Map.of("b", 1)));
    }

    @Test
    void nothingIsDifferentFromItself() {
        Map<String, Object> tree = Map.of("a", List.of(Map.of("b", 1), 2.5));

        assertThat(TreeDiff.between(tree, tree)).isEmpty();
    }
}
