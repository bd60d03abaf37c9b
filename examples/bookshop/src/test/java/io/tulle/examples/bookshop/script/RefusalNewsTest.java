package io.tulle.examples.bookshop.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalNewsTest {
    private final RefusalNews news = new RefusalNews();

    @Test
    void tellsEachReasonOnceAndWhenItIsOver() {
        assertThat(news.lines(List.of())).isEmpty();
        assertThat(news.lines(List.of("a.yaml:1:2: x\na.yaml:3:4: y")))
                .containsExactly(
                        "refused; the last good configuration stays in force:", "  a.yaml:1:2: x", "  a.yaml:3:4: y");
        assertThat(news.lines(List.of("a.yaml:1:2: x\na.yaml:3:4: y"))).isEmpty();
        assertThat(news.lines(List.of("a.yaml:5:6: z"))).hasSize(2).last().isEqualTo("  a.yaml:5:6: z");
        assertThat(news.lines(List.of()))
                .containsExactly("the configuration in the folder is valid again and in force");
        assertThat(news.lines(List.of())).isEmpty();
    }
}
