package io.tulle.testing.tck;

import io.tulle.client.Mesh;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.MeshEngine;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.testing.FakeTransport;
import io.tulle.testing.FixedSource;
import io.tulle.testing.ManualClock;
import io.tulle.testing.RecordingListener;
import io.tulle.testing.RecordingTrace;
import io.tulle.testing.SeededRandom;
import java.util.function.UnaryOperator;

/**
 * What one run of a scenario happens in: a real mesh with the scenario's resources in virtual time, seeded randomness, a scripted wire, and a record of
 * what is decided. Confined to the thread of the run.
 */
public final class TckMesh implements AutoCloseable {
    private final ManualClock clock;
    private final FakeTransport transport;
    private final RecordingTrace trace = new RecordingTrace();
    private final RecordingListener listener = new RecordingListener();
    private final Mesh mesh;

    TckMesh(Scenario scenario, UnaryOperator<Mesh.Builder> with) {
        clock = new ManualClock(scenario.seed());
        transport = new FakeTransport(clock, scenario.replies(), scenario.repliesByInstance());
        mesh = with.apply(Mesh.builder())
                .service(Scenario.OWN_SERVICE)
                .source(new FixedSource(scenario.resources()))
                .runtime(new MeshRuntime(clock, clock, clock, new SeededRandom(scenario.seed())))
                .listener(listener)
                .trace(trace)
                .build();
    }

    /** Returns the mesh to give to the adapter. */
    public Mesh mesh() {
        return mesh;
    }

    /** Returns the mesh's engine. */
    public MeshEngine engine() {
        return mesh.engine();
    }

    /** Returns ticker, scheduler, parker (all three the {@link #clock}) and randomness. */
    public MeshRuntime runtime() {
        return mesh.runtime();
    }

    /** Returns the clock. */
    public ManualClock clock() {
        return clock;
    }

    /** Returns the wire. */
    public FakeTransport transport() {
        return transport;
    }

    RecordingTrace trace() {
        return trace;
    }

    RecordingListener listener() {
        return listener;
    }

    int inFlight() {
        return engine().snapshot().services().stream()
                .flatMap(service -> service.endpoints().stream())
                .mapToInt(Endpoint::inFlight)
                .sum();
    }

    @Override
    public void close() {
        mesh.close();
    }
}
