package io.tulle.examples.bookshop.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.NameResolverRegistry;
import io.tulle.examples.bookshop.service.RoundRobinBookClient.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundRobinRatingsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void eachGoesToItsOwnListAndTakesItBack() throws IOException {
        NameResolverRegistry registry = NameResolverRegistry.getDefaultRegistry();
        for (String name : List.of("ratings-1", "ratings-2")) {
            Backend backend = Backend.start(name, "ratings", 0, null);
            RoundRobinRatings ratings = new RoundRobinRatings(
                    List.of(new Target("ratings", "", name, "127.0.0.1:" + backend.port())), TIMEOUT, new CallStats());
            assertThat(registry.getProviderForScheme("fixed")).isNotNull();

            assertThat(ratings.rating("7")).contains(name);

            ratings.close();
            backend.stop();
            assertThat(registry.getProviderForScheme("fixed")).isNull();
        }
    }
}
