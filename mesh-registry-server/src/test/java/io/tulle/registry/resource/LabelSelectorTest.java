package io.tulle.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.resource.Metadata;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
    private static final Metadata LABELLED = Metadata.of("shop", "catalog-1")
            .withLabels(Map.of("version", "v2", "tier", "a", "example.org/zone", "east", "empty", ""));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version=v2 | true",
                "version==v2 | true",
                "version = v2 | true",
                "version=v1 | false",
                "version!=v1 | true",
                "version!=v2 | false",
                "absent!=x | true",
                "absent=x | false",
                "version | true",
                "absent | false",
                "!absent | true",
                "! absent | true",
                "!version | false",
                "tier in (a,b) | true",
                "tier in ( b , c ) | false",
                "tier in(a) | true",
                "absent in (a) | false",
                "tier notin (b,c) | true",
                "tier notin (a) | false",
                "absent notin (a) | true",
                "example.org/zone=east | true",
                "empty= | true",
                "empty in () | true",
                "version=v2,tier in (a,b),!old | true",
                "version=v2 , tier notin (x,a) | false",
                "in=x | false",
                "'' | true"
            })
    void matchesAsInKubernetes(String selector, boolean expected) {
        assertThat(LabelSelector.parse(selector).matches(LABELLED)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b,",
                ",",
                "=b",
                "a=b=c",
                "a in b",
                "a in (b",
                "a in b)",
                "a in ((b))",
                "a !in (b)",
                "a b",
                "!a=b",
                "a=ü",
                "!",
                "!!a",
                "a in (b c)",
                "a>1",
                "/a=b"
            })
    void refusesWhatItDoesNotUnderstand(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(selector))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: key=value");
    }

    @Test
    void refusesOneThatIsTooLong() {
        assertThatThrownBy(() -> LabelSelector.parse("a,".repeat(3000)))
                .hasMessage("6000 characters (expected: a selector of at most 4096)");
    }
}
