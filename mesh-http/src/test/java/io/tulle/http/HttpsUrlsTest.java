package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsUrlsTest {
    private final HttpsUrls urls = new HttpsUrls();

    @ParameterizedTest
    @CsvSource({
        "http://catalog/books/7, https://catalog/books/7",
        "http://catalog.shop:8080/a%2Fb//, https://catalog.shop:8080/a%2Fb//",
        "http://catalog:443/, https://catalog/",
        "http://catalog/books?lang=en&q=%20, https://catalog/books?lang=en&q=%20",
        "http://user:word@catalog/#top, https://user:word@catalog/#top",
        "https://catalog/books, https://catalog/books",
    })
    void onlyTheSchemeChanges(String given, String expected) {
        for (int again = 0; again < 2; again++) {
            assertThat(urls.of(HttpUrl.get(given))).isEqualTo(HttpUrl.get(expected));
        }
    }

    @Test
    void oneThatIsCalledAgainIsMadeOnce() {
        HttpUrl first = urls.of(HttpUrl.get("http://catalog/books/7"));

        assertThat(urls.of(HttpUrl.get("http://catalog/books/7"))).isSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://catalog/books?token=x", "http://user@catalog/", "http://:word@catalog/"})
    void whatMayBeASecretIsNotKept(String given) {
        HttpUrl url = HttpUrl.get(given);

        assertThat(urls.of(url)).isNotSameAs(urls.of(url));
    }

    @Test
    void whatIsLongIsNotKept() {
        HttpUrl url = HttpUrl.get("http://catalog/" + "a".repeat(1000));

        assertThat(urls.of(url)).isNotSameAs(urls.of(url));
    }

    @Test
    void moreThanCanBeKeptAreEachTheirOwn() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10_000; i++) {
                assertThat(urls.of(HttpUrl.get("http://catalog/books/" + i))).hasToString("https://catalog/books/" + i);
            }
        }
    }
}
