package io.tulle.client.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tulle.client.registry.Sync;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Shows how a process stands with its registry, as Micrometer gauges.
 *
 * <pre>
 * mesh.registry.connected       1 while the stream is open
 * mesh.registry.stale           for how many seconds nothing has been heard
 * mesh.registry.rejected        resources that could not be put in force
 * mesh.registry.held            instances that are kept although the registry says, or seems to say, that they are gone
 * </pre>
 */
public final class SyncMeters {
    private static final double MILLIS = 1000.0;

    private SyncMeters() {}

    /** Registers the gauges; {@code sync} is {@code mesh::sync}. */
    public static void bind(MeterRegistry registry, Supplier<Sync> sync) {
        gauge(registry, sync, "connected", "whether the stream is open", one -> one.connected() ? 1 : 0);
        Gauge.builder("mesh.registry.stale", sync, from -> from.get().stale().toMillis() / MILLIS)
                .description("how long nothing has been heard")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        gauge(
                registry,
                sync,
                "rejected",
                "resources not in force",
                one -> one.rejected().size());
        gauge(
                registry,
                sync,
                "held",
                "instances kept against the registry's word",
                one -> one.held().size());
    }

    private static void gauge(
            MeterRegistry registry, Supplier<Sync> sync, String name, String says, ToDoubleFunction<Sync> value) {
        Gauge.builder("mesh.registry." + name, sync, from -> value.applyAsDouble(from.get()))
                .description(says)
                .strongReference(true)
                .register(registry);
    }
}
