package io.tulle.client.source;

import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource;
import java.util.List;

/** Fails while it is told to. */
final class FlakySink implements ResourceSource.Sink {
    volatile boolean failing;
    volatile int asked;
    volatile int accepted;
    volatile int reasons;

    @Override
    public void accept(List<Resource> resources) {
        asked = asked + 1; // one thread at a time writes
        if (failing) {
            throw new IllegalStateException("the sink is broken");
        }
        accepted = accepted + 1;
    }

    @Override
    public void rejected(String reason) {
        reasons = reasons + 1;
    }
}
