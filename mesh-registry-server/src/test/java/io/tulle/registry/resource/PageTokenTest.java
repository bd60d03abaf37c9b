package io.tulle.registry.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
    @Test
    void comesBackAsItWent() {
        PageToken token = new PageToken("5f0c", 17, "r/services/?a in (b,\nc)", "r/services/shop/catalog");

        assertThat(PageToken.parse(token.text())).isEqualTo(token);
        assertThat(token.text()).matches("[-\\w]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\ne\n17\na",
                "2\ne\n17\na\nq",
                "1\ne\n0\na\nq",
                "1\ne\n-1\na\nq",
                "1\ne\n99999999999999999999\na\nq",
                ""
            })
    void refusesWhatItHasNotMade(String plain) {
        String text = Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> PageToken.parse(text)).hasMessageContaining("as it was given");
    }

    @Test
    void refusesWhatIsNotEvenBase64AndShowsTheBeginning() {
        assertThatThrownBy(() -> PageToken.parse("%".repeat(1000)))
                .hasMessage(
                        "'" + "%".repeat(100) + "...' (expected: the 'continue' of the page before, as it was given)");
    }
}
