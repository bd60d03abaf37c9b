package io.tulle.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.registry.RegistryOptions;
import io.tulle.registry.RegistryServer;
import io.tulle.registry.contract.Answer;
import io.tulle.registry.contract.ContractClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionRefusalsTest {
    private static final RegistryServer SERVER = RegistryServer.start(RegistryOptions.DEFAULT.withPort(0));

    private final ContractClient client = new ContractClient(SERVER.uri());

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "session=none, 404, unknown-session",
        "'', 400, invalid-parameter",
        "session=a&service=b/c, 400, invalid-parameter",
        "service=catalog, 400, invalid-parameter",
        "service=shop/catalog&sicne=1, 400, invalid-parameter",
        "service=shop/catalog&since=-1, 400, invalid-revision",
        "service=shop/catalog&since=x, 400, invalid-revision",
        "service=shop/catalog&since=1&since=2, 400, invalid-parameter",
        "service=shop/catalog&since=999999, 503, behind",
    })
    void aWatchThatIsNotValidIsRefused(String query, int status, String code) {
        Answer answer = client.get("/api/v1/watch?" + query);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                              | 400 | malformed-body",
                "{}                                             | 422 | invalid-resource",
                "{\"service\":\"storefront\",\"process\":\"p\"} | 422 | invalid-resource",
                "{\"service\":\"a/b\",\"process\":\"\"}         | 422 | invalid-resource",
                "{\"service\":\"a/b\",\"process\":\"p\",\"subscriptions\":[\"x\"]} | 422 | invalid-resource",
            })
    void aSessionThatIsNotValidIsRefused(String body, int status, String code) {
        Answer answer = client.post("/api/v1/sessions", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
