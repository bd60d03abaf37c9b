package io.tulle.grpc;

import io.tulle.client.Changes;
import io.tulle.client.FirstUse;
import io.tulle.client.Mesh;
import io.tulle.client.MeshRuntime;
import io.tulle.core.call.MeshEngine;

/**
 * What the calls of one channel share.
 *
 * @param host the name of the service, as in a URL
 * @param engine makes a machine for each call
 * @param runtime time and timers
 * @param firstUse asks for services that are not known yet
 * @param changes says when to look again
 * @param paths of the methods that are called
 * @param timeouts as headers have them
 */
record Wiring(
        String host,
        MeshEngine engine,
        MeshRuntime runtime,
        FirstUse firstUse,
        Changes changes,
        MethodPaths paths,
        Timeouts timeouts) {
    static Wiring of(String host, Mesh mesh) {
        return new Wiring(
                host,
                mesh.engine(),
                mesh.runtime(),
                mesh.firstUse(),
                mesh.changes(),
                new MethodPaths(),
                new Timeouts());
    }
}
