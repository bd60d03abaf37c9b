package io.tulle.grpc;

import io.tulle.client.Mesh;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The meshes of this process that plain targets may mean. Thread-safe. */
final class InstalledMeshes {
    private static final List<Mesh> INSTALLED = new CopyOnWriteArrayList<>();

    private InstalledMeshes() {}

    static void add(Mesh mesh) {
        INSTALLED.add(mesh);
        mesh.onClose(() -> INSTALLED.remove(mesh));
    }

    /** Returns them; a target is clear when there is one. */
    static List<Mesh> all() {
        return List.copyOf(INSTALLED);
    }
}
