package io.tulle.testing;

import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source whose resources a test gives, and replaces with {@link #put}. Confined to the test's thread. */
public final class FixedSource implements ResourceSource {
    private List<Resource> resources;
    private @Nullable Sink sink;

    /** Creates a source of {@code resources}. */
    public FixedSource(List<Resource> resources) {
        this.resources = List.copyOf(resources);
    }

    @Override
    public void start(Sink newSink) {
        newSink.accept(resources);
        sink = newSink;
    }

    /** Puts other resources in force; before {@link #start}, they are what it delivers. */
    public void put(List<Resource> newResources) {
        if (sink != null) {
            sink.accept(newResources);
        }
        resources = List.copyOf(newResources);
    }

    @Override
    public void close() {
        sink = null;
    }
}
