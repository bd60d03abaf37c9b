package io.tulle.cli;

import io.tulle.api.listener.MeshListener;
import io.tulle.api.resource.ContradictoryResourcesException;
import io.tulle.client.source.FolderContents;
import io.tulle.core.snapshot.MeshSnapshot;
import io.tulle.core.snapshot.SnapshotCompiler;
import java.nio.file.Path;

/**
 * A folder of resources that are valid each and together, and what a client makes of them.
 *
 * @param contents what was read
 * @param snapshot what it compiles to
 */
record Configuration(FolderContents contents, MeshSnapshot snapshot) {
    /**
     * Reads, checks and compiles a folder as a process of {@code namespace} would.
     *
     * @throws io.tulle.api.MeshException as {@link FolderContents#read} does, also for resources that contradict each other
     */
    static Configuration read(Path folder, String namespace) {
        FolderContents contents = FolderContents.read(folder);
        try {
            SnapshotCompiler compiler = new SnapshotCompiler(namespace, () -> 0, MeshListener.NONE);
            return new Configuration(
                    contents, compiler.compile(contents.resources(), MeshSnapshot.empty(namespace), 0));
        } catch (ContradictoryResourcesException e) {
            throw contents.locate(e);
        }
    }
}
