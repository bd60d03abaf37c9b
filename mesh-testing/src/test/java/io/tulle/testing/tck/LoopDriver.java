package io.tulle.testing.tck;

import java.util.ArrayList;
import java.util.List;

/** A callback driver over {@link io.tulle.core.call.CallLoop}: correct, or with one planted bug. */
final class LoopDriver implements DriverUnderTest {
    private final Bug bug;

    LoopDriver(Bug bug) {
        this.bug = bug;
    }

    @Override
    public String name() {
        return "LoopDriver " + bug;
    }

    @Override
    public Client connect(TckMesh mesh) {
        List<LoopCall> held = new ArrayList<>();
        return new Client() {
            @Override
            public Seen call(ScriptedRequest request) {
                LoopCall call = new LoopCall(mesh, request, bug);
                if (request.call().caller().hold()) {
                    held.add(call);
                }
                return call.run();
            }

            @Override
            public void close() {
                held.forEach(LoopCall::close);
            }
        };
    }
}
