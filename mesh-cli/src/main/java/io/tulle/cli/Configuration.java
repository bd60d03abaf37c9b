package io.tulle.cli;

import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.LocatedResource;
import io.tulle.client.source.FolderContents;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.SnapshotCompiler;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Resources that are valid each and together, and what a client makes of them.
 *
 * @param resources what was read
 * @param snapshot what it compiles to
 * @param place where one of them was read
 */
record Configuration(List<Resource> resources, MeshSnapshot snapshot, Function<Resource, String> place) {
    /**
     * Checks and compiles a folder as a process of {@code namespace} would.
     *
     * @throws io.tulle.api.MeshException for resources that contradict each other, with their places
     */
    static Configuration of(FolderContents contents, String namespace) {
        try {
            IdentityHashMap<Resource, String> places = new IdentityHashMap<>();
            for (LocatedResource located : contents.located()) {
                places.put(located.resource(), located.file() + ":" + located.line());
            }
            return of(contents.resources(), namespace, resource -> places.getOrDefault(resource, ""));
        } catch (ContradictoryResourcesException e) {
            throw contents.locate(e);
        }
    }

    /** Checks and compiles resources as a process of {@code namespace} would. */
    static Configuration of(List<Resource> resources, String namespace, Function<Resource, String> place) {
        SnapshotCompiler compiler = new SnapshotCompiler(namespace, () -> 0, MeshListener.NONE);
        return new Configuration(resources, compiler.compile(resources, MeshSnapshot.empty(namespace), 0), place);
    }
}
