package io.tulle.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
    @Test
    void nameOneVersionOrSeveral() {
        EntityTags tags = EntityTags.parse("\"17\" , W/\"18\"");

        assertThat(tags.match(17)).isTrue();
        assertThat(tags.match(18)).isTrue();
        assertThat(tags.match(19)).isFalse();
        assertThat(tags).hasToString("\"17\", \"18\"");
    }

    @Test
    void aStarIsEveryVersionThatExists() {
        EntityTags tags = EntityTags.parse(" * ");

        assertThat(tags.match(1)).isTrue();
        assertThat(tags.match(0)).isFalse();
        assertThat(tags).hasToString("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "\"17", "", "\"1\" \"2\"", "\"1\",", "*, \"1\"", "\"1\n\""})
    void refuseWhatIsNoHeader(String header) {
        assertThatThrownBy(() -> EntityTags.parse(header)).hasMessageContaining("a version in quotes");
    }
}
