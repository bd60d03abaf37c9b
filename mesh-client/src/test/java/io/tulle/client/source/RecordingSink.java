package io.tulle.client.source;

import io.tulle.api.resource.Resource;
import io.tulle.api.source.ResourceSource;
import io.tulle.api.time.Ticker;
import io.tulle.core.call.MeshEngine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a source delivers; checks sets against each other as the engine does. Thread-safe. */
final class RecordingSink implements ResourceSource.Sink {
    final List<List<Resource>> sets = new CopyOnWriteArrayList<>();
    final List<String> rejections = new CopyOnWriteArrayList<>();
    private final MeshEngine engine = new MeshEngine(MeshEngine.Settings.of("default", Ticker.system(), () -> 7));

    @Override
    public void accept(List<Resource> resources) {
        engine.accept(resources);
        sets.add(resources);
    }

    @Override
    public void rejected(String reason) {
        rejections.add(reason);
    }

    List<String> names() {
        return sets.get(sets.size() - 1).stream().map(Resource::title).toList();
    }
}
