package io.tulle.core.outlier;

import io.tulle.api.listener.EjectionReason;

/** Nobody listens. */
final class Unheard implements EjectionLedger.Observer {
    @Override
    public void ejected(EndpointHealth endpoint, EjectionReason reason, long nanos) {}

    @Override
    public void returned(EndpointHealth endpoint) {}

    @Override
    public void changed() {}
}
