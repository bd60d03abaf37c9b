package io.tulle.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.MeshException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How things are named in files and in messages. */
class TextsTest {
    @Test
    void constantsAreWrittenInCamelCase() {
        assertThat(EnumText.of(TrafficPolicy.Algorithm.PEAK_EWMA)).isEqualTo("peakEwma");
        assertThat(EnumText.of(TrafficPolicy.Algorithm.ROUND_ROBIN)).isEqualTo("roundRobin");
        assertThat(EnumText.of(Protocol.HTTP)).isEqualTo("http");
        for (TrafficPolicy.Algorithm algorithm : TrafficPolicy.Algorithm.values()) {
            assertThat(EnumText.parse(TrafficPolicy.Algorithm.class, EnumText.of(algorithm)))
                    .isEqualTo(algorithm);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PEAK_EWMA", "peak_ewma", "peakewma", "PeakEwma", "", "random"})
    void otherTextsNameNoConstant(String text) {
        assertThatThrownBy(() -> EnumText.parse(TrafficPolicy.Algorithm.class, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' (expected: one of peakEwma, roundRobin)");
    }

    @Test
    void nearNamesAreTheNearestFirst() {
        assertThat(NearestNames.to("catalgo", List.of("reviews", "catalogs", "catalog", "cat")))
                .containsExactly("catalog", "catalogs");
        assertThat(NearestNames.to("reviewz", List.of("review", "reviews", "previews")))
                .containsExactly("review", "reviews", "previews");
    }

    @Test
    void caseDoesNotMakeANameFar() {
        assertThat(NearestNames.to("TIMEOUT", List.of("timeout"))).containsExactly("timeout");
    }

    @Test
    void noMoreThanThreeAreNamed() {
        assertThat(NearestNames.to("ab", List.of("ad", "ac", "ae", "af"))).containsExactly("ac", "ad", "ae");
    }

    @Test
    void shortNamesMayDifferByTwoAndLongOnesByAThird() {
        assertThat(NearestNames.to("abc", List.of("axy"))).containsExactly("axy");
        assertThat(NearestNames.to("abc", List.of("xyz"))).isEmpty();
        assertThat(NearestNames.to("consecutive", List.of("consecutxyz"))).containsExactly("consecutxyz");
        assertThat(NearestNames.to("consecutive", List.of("conseczyxw4"))).isEmpty();
        assertThat(NearestNames.to("abc", List.of("a", "abcde", "bcd"))).containsExactly("a", "abcde", "bcd");
        assertThat(NearestNames.to("abc", List.of())).isEmpty();
        assertThat(NearestNames.to("", List.of("ab", "abc"))).containsExactly("ab");
    }

    @Test
    void aFieldSeenFromAboveHasALongerPointer() {
        InvalidField field = new InvalidField("/b", "1", "2").under("a/x~y");
        assertThat(field.name()).isEqualTo("/a~1x~0y/b");
        assertThat(field).hasToString("/a~1x~0y/b: 1 (expected: 2)");
        assertThat(new InvalidField("", "1", "2")).hasToString("1 (expected: 2)");
    }

    @Test
    void aRefusalNamesEveryField() {
        InvalidResourceException refusal = new InvalidResourceException(
                "spec", List.of(new InvalidField("/a", "1", "2"), new InvalidField("/b", "3", "4")));
        assertThat(refusal)
                .isInstanceOf(MeshException.class)
                .hasMessage("spec: /a: 1 (expected: 2); /b: 3 (expected: 4)");
        assertThat(refusal.fields()).hasSize(2);
    }

    @Test
    void aContradictionNamesEveryResource() {
        ResourceProblem problem = new ResourceProblem(
                Service.of("n", "s", Service.Spec.DEFAULT), new InvalidField("/metadata/name", "'s'", "another"));
        ContradictoryResourcesException contradiction = new ContradictoryResourcesException(List.of(problem, problem));
        String line = "Service n/s /metadata/name: 's' (expected: another)";
        assertThat(contradiction).hasMessage(line + "; " + line);
        assertThat(contradiction.problems()).containsExactly(problem, problem);
    }

    @Test
    void aMeshExceptionMayHaveACause() {
        assertThat(new MeshException("m", new IllegalStateException("c")))
                .hasMessage("m")
                .hasRootCauseMessage("c");
    }
}
