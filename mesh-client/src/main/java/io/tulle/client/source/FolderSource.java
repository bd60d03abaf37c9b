package io.tulle.client.source;

import io.tulle.api.MeshException;
import io.tulle.api.source.ResourceSource;
import java.nio.file.Path;

/** The YAML and JSON files of a folder. */
public final class FolderSource implements ResourceSource {
    private final Path folder;

    /** Creates a source of the files in {@code folder}; nothing is read before {@link #start}. */
    public FolderSource(Path folder) {
        this.folder = folder;
    }

    @Override
    public void start(Sink sink) {
        throw new MeshException(folder + ": the folder source is not part of this version");
    }

    @Override
    public void close() {}
}
