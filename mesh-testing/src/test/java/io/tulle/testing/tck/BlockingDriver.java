package io.tulle.testing.tck;

import java.util.ArrayList;
import java.util.List;

/** A blocking driver over {@link io.tulle.core.call.CallLoop}, in the shape of an HTTP client's {@code execute()}. */
final class BlockingDriver implements DriverUnderTest {
    private final Bug bug;

    BlockingDriver(Bug bug) {
        this.bug = bug;
    }

    @Override
    public String name() {
        return "BlockingDriver " + bug;
    }

    /** Its one thread is in one attempt. */
    @Override
    public boolean hedges() {
        return false;
    }

    @Override
    public Client connect(TckMesh mesh) {
        List<BlockingCall> held = new ArrayList<>();
        return new Client() {
            @Override
            public Seen call(ScriptedRequest request) {
                BlockingCall call = new BlockingCall(mesh, request, bug);
                if (request.call().caller().hold()) {
                    held.add(call);
                }
                return call.run();
            }

            @Override
            public void close() {
                held.forEach(BlockingCall::close);
            }
        };
    }
}
