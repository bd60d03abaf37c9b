package io.tulle.core.snapshot;

import io.tulle.api.resource.Route;
import io.tulle.api.resource.TrafficPolicy;
import io.tulle.core.breaker.CircuitBreaker;
import io.tulle.core.outlier.EjectionLedger;
import io.tulle.core.retry.RetryBudget;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is learned about a service: it survives a snapshot as long as the settings behind it stay the same.
 *
 * @param ledger who is ejected
 * @param budgetSettings what {@code budget} was made of
 * @param budget what retries may still cost
 * @param breakerSettings what {@code breaker} was made of, or null when it is off
 * @param breaker the service breaker, or null when it is off
 * @param endpoints by identity
 */
record ServiceState(
        EjectionLedger ledger,
        Route.RetryBudget budgetSettings,
        RetryBudget budget,
        TrafficPolicy.@Nullable ServiceBreaker breakerSettings,
        @Nullable CircuitBreaker breaker,
        Map<String, EndpointState> endpoints) {}
