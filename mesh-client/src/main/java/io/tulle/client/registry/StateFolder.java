package io.tulle.client.registry;

import java.nio.file.Path;
import java.util.Map;

/** Where processes keep state by default, as the XDG Base Directory Specification 0.8 has it. */
public final class StateFolder {
    private StateFolder() {}

    /** Returns {@code $MESH_STATE_DIR}, or {@code $XDG_STATE_HOME/tulle}, or {@code ~/.local/state/tulle}. */
    public static Path standard() {
        return of(System.getenv(), System.getProperty("user.home", ""));
    }

    static Path of(Map<String, String> environment, String home) {
        String own = environment.getOrDefault("MESH_STATE_DIR", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = !xdg.isEmpty() && Path.of(xdg).isAbsolute() // the specification: a relative one is ignored
                ? Path.of(xdg)
                : Path.of(home, ".local", "state");
        return base.resolve("tulle");
    }
}
