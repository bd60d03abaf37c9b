package io.tulle.client.observe;

import io.tulle.api.listener.BreakerState;
import io.tulle.api.listener.EjectionReason;
import io.tulle.api.listener.EndpointInfo;
import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.Durations;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what operators must know: ejections and returns, service breakers, configurations, broken listeners. Says nothing about single calls. Thread-safe. */
public final class LoggingListener implements MeshListener {
    private final Logger log;

    /** Creates a listener that logs as {@code io.tulle.mesh}. */
    public LoggingListener() {
        this(LoggerFactory.getLogger("io.tulle.mesh"));
    }

    /** Creates a listener that logs to {@code log}. */
    public LoggingListener(Logger log) {
        this.log = log;
    }

    @Override
    public void endpointEjected(EndpointInfo endpoint, EjectionReason reason, long nanos) {
        log.warn(
                "{} endpoint {} at {}:{} ejected for {}: {}",
                endpoint.service(),
                endpoint.id(),
                endpoint.host(),
                endpoint.port(),
                Durations.format(Duration.ofNanos(nanos)),
                reason);
    }

    @Override
    public void endpointReturned(EndpointInfo endpoint) {
        log.info(
                "{} endpoint {} at {}:{} passed its trial and is back",
                endpoint.service(),
                endpoint.id(),
                endpoint.host(),
                endpoint.port());
    }

    @Override
    public void breakerChanged(String service, BreakerState from, BreakerState to) {
        if (to == BreakerState.OPEN) {
            log.warn("{} breaker {} -> {}", service, from, to);
        } else {
            log.info("{} breaker {} -> {}", service, from, to);
        }
    }

    @Override
    public void configApplied(long version, int resources) {
        log.info("configuration {} with {} resources is in force", version, resources);
    }

    @Override
    public void configRejected(String reason) {
        log.warn("a new configuration was refused, the last good one stays in force: {}", reason);
    }

    @Override
    public void certificateLoaded(String id, Instant expires) {
        log.info("this process is {} until {}", id, expires);
    }

    @Override
    public void certificateRejected(String reason) {
        log.warn("the last good certificate stays in force: {}", reason);
    }

    @Override
    public void listenerFailed(RuntimeException failure) {
        log.warn("a mesh listener failed; calls are not affected", failure);
    }
}
