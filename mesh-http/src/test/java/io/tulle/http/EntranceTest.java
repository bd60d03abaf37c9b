package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntranceTest {
    private final List<String> begun = new ArrayList<>();
    private int most = 1;
    private final Entrance entrance = new Entrance(() -> most);

    private void enter(String name) {
        entrance.enter(() -> {
            begun.add(name);
            entrance.sent();
        });
    }

    @Test
    void callsBeginInTurnAsOthersAreDone() {
        enter("a");
        enter("b");
        enter("c");
        assertThat(begun).containsExactly("a");
        entrance.back();
        assertThat(begun).containsExactly("a", "b");
        entrance.back();
        entrance.back();
        assertThat(begun).containsExactly("a", "b", "c");
        assertThat(entrance.out()).isZero();
    }

    @Test
    void allBeginThatFitWhenMoreMay() {
        enter("a");
        enter("b");
        enter("c");
        most = 3;
        enter("d");
        assertThat(begun).containsExactly("a", "b", "c");
        assertThat(entrance.out()).isEqualTo(3);
    }

    @Test
    void whoSendsNothingLetsTheNextBegin() {
        enter("a");
        entrance.enter(() -> begun.add("nothing"));
        enter("b");
        entrance.back();
        assertThat(begun).containsExactly("a", "nothing", "b");
        assertThat(entrance.out()).isEqualTo(1);
    }

    @Test
    void whoThrowsAsItBeginsTakesNoPlace() {
        assertThatThrownBy(() -> entrance.enter(() -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(entrance.out()).isZero();
        enter("a");
        assertThat(begun).containsExactly("a");
    }

    @Test
    void whoThrowsAsItBeginsLetsTheNextBegin() {
        RuntimeException failure = new IllegalStateException("on purpose");
        enter("a");
        for (int i = 0; i < 2; i++) { // the same twice
            entrance.enter(() -> {
                throw failure;
            });
        }
        enter("b");
        enter("c");

        assertThatThrownBy(entrance::back).isSameAs(failure);

        assertThat(begun).containsExactly("a", "b");
        assertThat(entrance.out()).isEqualTo(1);
    }
}
