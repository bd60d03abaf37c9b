package io.tulle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.api.call.MeshCallOptions;
import io.tulle.testing.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A deadline of the caller bounds his interceptors, too, and all that they send together. */
@Timeout(60)
class InterceptedDeadlineTest {
    private static final Duration DEADLINE = Duration.ofMillis(300);

    private final ManualClock clock = new ManualClock(3);
    private final MockWebServer catalog = new MockWebServer();
    private final TestMesh mesh = TestMesh.at(clock);

    @BeforeEach
    void start() throws IOException {
        catalog.start();
        mesh.catalogAt(catalog.getPort());
    }

    @AfterEach
    void stop() {
        mesh.close();
        catalog.close();
    }

    private void client(Consumer<OkHttpClient.Builder> settings, Interceptor interceptor) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder().addInterceptor(interceptor);
        settings.accept(builder);
        mesh.client(builder.build());
    }

    @Test
    void aDeadlineThatPassesInAnInterceptor() {
        client(settings -> {}, chain -> {
            clock.advance(DEADLINE);
            return chain.proceed(chain.request());
        });
        Request request = new Request.Builder()
                .url("http://catalog/")
                .tag(MeshCallOptions.class, MeshCallOptions.DEFAULT.withDeadline(DEADLINE))
                .build();

        assertThatThrownBy(() -> mesh.call(request).execute().close())
                .isInstanceOf(MeshIOException.class)
                .hasMessageContaining("the deadline has passed before this request was sent");
        assertThatThrownBy(() -> Answer.of(mesh.call(request)).response()).isInstanceOf(MeshIOException.class);
        assertThat(catalog.getRequestCount()).isZero();
    }

    @Test
    void aCallTimeoutBoundsAllThatAnInterceptorSends() {
        client(settings -> settings.callTimeout(DEADLINE), chain -> {
            while (true) {
                chain.proceed(chain.request()).close();
                clock.advance(DEADLINE.dividedBy(2));
            }
        });
        catalog.enqueue(new MockResponse.Builder().build());
        catalog.enqueue(new MockResponse.Builder().build());
        Call call = mesh.get("http://catalog/");

        assertThatThrownBy(call::execute).isInstanceOf(MeshIOException.class).hasMessageContaining("deadline");
        assertThat(catalog.getRequestCount()).isEqualTo(2);
    }
}
