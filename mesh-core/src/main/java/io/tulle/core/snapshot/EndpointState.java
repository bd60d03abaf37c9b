package io.tulle.core.snapshot;

import io.tulle.core.balance.EndpointLoad;
import io.tulle.core.outlier.EndpointHealth;

/**
 * What is learned about an endpoint: keyed by its identity, it survives every snapshot as long as the endpoint exists.
 *
 * @param load its latency and what it has in flight
 * @param health its page in the ejection ledger
 */
record EndpointState(EndpointLoad load, EndpointHealth health) {
    EndpointState() {
        this(new EndpointLoad(), new EndpointHealth());
    }
}
