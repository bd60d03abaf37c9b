package io.tulle.benchmarks.macro;

import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreaker;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerClient;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerRule;
import com.linecorp.armeria.client.endpoint.EndpointGroup;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import com.linecorp.armeria.client.retry.RetryRule;
import com.linecorp.armeria.client.retry.RetryingClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import java.io.IOException;
import java.util.List;

/** Armeria's blocking client of HTTP/1.1 with its own round robin, retries and a breaker per backend. */
final class ArmeriaCaller implements Caller {
    private static final int ATTEMPTS = 3;

    private final ClientFactory factory = ClientFactory.builder().build();
    private final BlockingWebClient client;

    ArmeriaCaller(Site site) {
        List<Endpoint> backends =
                site.http().stream().map(port -> Endpoint.of("127.0.0.1", port)).toList();
        client = WebClient.builder(
                        SessionProtocol.H1C, EndpointGroup.of(EndpointSelectionStrategy.roundRobin(), backends))
                .factory(factory)
                .decorator(CircuitBreakerClient.newPerHostDecorator(
                        CircuitBreaker::of,
                        CircuitBreakerRule.builder()
                                .onServerErrorStatus()
                                .onException()
                                .thenFailure()))
                .decorator(RetryingClient.builder(RetryRule.builder()
                                .onServerErrorStatus()
                                .onUnprocessed()
                                .thenBackoff())
                        .maxTotalAttempts(ATTEMPTS)
                        .newDecorator())
                .build()
                .blocking();
    }

    @Override
    public byte[] call() throws IOException {
        AggregatedHttpResponse response = client.get("/books/7");
        if (response.status().code() != Answer.OK) {
            throw new IOException("answer of " + response.status() + " (expected: " + Answer.OK + ")");
        }
        return Answer.checked(response.content().array());
    }

    @Override
    public void close() {
        factory.close();
    }
}
