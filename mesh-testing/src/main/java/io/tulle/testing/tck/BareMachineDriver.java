package io.tulle.testing.tck;

import io.tulle.core.call.CallMachine;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference: feeds each {@link CallMachine} directly from the scripted wire, with a plain queue of events and without {@link
 * io.tulle.core.call.CallLoop}. What it does is what a driver must do.
 */
public final class BareMachineDriver implements DriverUnderTest {
    @Override
    public String name() {
        return "bare machine";
    }

    @Override
    public Client connect(TckMesh mesh) {
        return new BareClient(mesh);
    }

    private static final class BareClient implements Client {
        private final TckMesh mesh;
        private final List<BareCall> held = new ArrayList<>();

        BareClient(TckMesh mesh) {
            this.mesh = mesh;
        }

        @Override
        public Seen call(ScriptedRequest request) {
            ScriptedCall script = request.call();
            CallMachine machine = mesh.engine()
                    .newCall(script.host(), mesh.engine().snapshot().byHost(script.host()), request, script.options());
            BareCall call = new BareCall(mesh, request, machine);
            if (script.caller().hold()) {
                held.add(call);
            }
            return call.run();
        }

        @Override
        public void close() {
            held.forEach(BareCall::close);
        }
    }
}
