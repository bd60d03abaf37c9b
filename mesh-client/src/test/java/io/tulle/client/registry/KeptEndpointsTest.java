package io.tulle.client.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.listener.AttemptInfo;
import io.tulle.api.listener.EndpointInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptEndpointsTest {
    private static final Outcome REFUSED = Outcome.failed(TransportError.CONNECT, Processed.NO);

    private final List<String> gone = new ArrayList<>();
    private final KeptEndpoints kept =
            new KeptEndpoints((service, title, uid) -> gone.add(service + " " + title + " " + uid));
    private final ServiceBelief belief = new ServiceBelief("shop/catalog");

    @BeforeEach
    void keepTwo() {
        belief.restore(Samples.serviceWith("catalog", 2));
        Line line = Samples.snapshot("e", 1, List.of(Samples.service("catalog")));
        belief.snapshot(line.said().services().get(0), 1, Set.of(), 0, 1);
        kept.watch(List.of(belief));
    }

    @Test
    void threeFailuresInARowSayThatItIsGoneOnce() {
        for (int i = 0; i < 10; i++) {
            attempt("catalog-1-uid:8080", 0, REFUSED);
        }
        assertThat(gone).containsExactly("shop/catalog Instance shop/catalog-1 catalog-1-uid");
    }

    @Test
    void anyAnswerStartsTheCountAnew() {
        for (int i = 0; i < 10; i++) {
            attempt("catalog-1-uid:8080", 0, REFUSED);
            attempt("catalog-1-uid:8080", 0, REFUSED);
            attempt(
                    "catalog-1-uid:8080",
                    i % 2 == 0 ? 503 : 200,
                    i % 3 == 0 ? Outcome.failed(TransportError.RESET, Processed.YES) : Outcome.COMPLETE);
        }
        assertThat(gone).isEmpty();
    }

    @Test
    void whatTheCallerCancelledSaysNothing() {
        for (int i = 0; i < 10; i++) {
            attempt("catalog-1-uid:8080", 0, Outcome.NOT_SENT);
        }
        assertThat(gone).isEmpty();
    }

    @Test
    void aNewConfigurationDoesNotStartTheCountAnew() {
        attempt("catalog-1-uid:8080", 0, REFUSED);
        attempt("catalog-1-uid:8080", 0, REFUSED);
        kept.watch(List.of(belief));
        attempt("catalog-1-uid:8080", 0, REFUSED);
        assertThat(gone).hasSize(1);
    }

    @Test
    void othersAndThoseThatAreNotKeptAnyMoreAreNotCounted() {
        Line back = Samples.snapshot("e", 2, Samples.serviceWith("catalog", 2));
        belief.snapshot(back.said().services().get(0), 2, Set.of(), 0, 1);
        kept.watch(List.of(belief));
        for (int i = 0; i < 10; i++) {
            attempt("catalog-1-uid:8080", 0, REFUSED);
            attempt("stranger:1", 0, REFUSED);
        }
        assertThat(gone).isEmpty();
    }

    private void attempt(String id, int status, Outcome outcome) {
        kept.attemptEnded(null, new Attempt(new Endpoint(id), status, outcome));
    }

    private record Attempt(
            EndpointInfo endpoint, int status, @Nullable Outcome outcome) implements AttemptInfo {
        @Override
        public int number() {
            return 1;
        }

        @Override
        public int grpcStatus() {
            return -1;
        }

        @Override
        public long startNanos() {
            return 0;
        }

        @Override
        public long headNanos() {
            return 0;
        }

        @Override
        public long endNanos() {
            return 0;
        }
    }

    private record Endpoint(String id) implements EndpointInfo {
        @Override
        public String service() {
            return "shop/catalog";
        }

        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public int port() {
            return 8080;
        }

        @Override
        public Map<String, String> labels() {
            return Map.of();
        }

        @Override
        public String instanceName() {
            return "catalog-1";
        }
    }
}
