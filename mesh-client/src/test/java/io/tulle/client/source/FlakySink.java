package io.tulle.client.source;

import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails while it is told to. */
final class FlakySink implements ResourceSource.Sink {
    volatile boolean failing;
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger reasons = new AtomicInteger();

    @Override
    public void accept(List<Resource> resources) {
        asked.incrementAndGet();
        if (failing) {
            throw new IllegalStateException("the sink is broken");
        }
        accepted.incrementAndGet();
    }

    @Override
    public void rejected(String reason) {
        reasons.incrementAndGet();
    }
}
