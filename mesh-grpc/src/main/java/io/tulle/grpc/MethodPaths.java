package io.tulle.grpc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The paths of the gRPC methods that a channel calls. The names in generated stubs are few, so that each path is made once; but whoever forwards calls may
 * use any name, so only the first {@value #MOST} are kept. Thread-safe.
 */
final class MethodPaths {
    static final int MOST = 500;

    private final Map<String, String> byName = new ConcurrentHashMap<>();

    /** Returns the path of the method with this full name, {@code package.Service/Method}. */
    String of(String name) {
        String known = byName.get(name);
        if (known != null) {
            return known;
        }
        String path = "/" + name;
        if (byName.size() < MOST) { // a few more may slip in at the same instant
            byName.put(name, path);
        }
        return path;
    }
}
