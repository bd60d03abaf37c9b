package io.tulle.grpc;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.tulle.client.Mesh;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves targets of the scheme {@code mesh}; grpc-java finds it by itself. Thread-safe. */
public final class MeshResolverProvider extends NameResolverProvider {
    static final NameResolver.Args.Key<Mesh> MESH = NameResolver.Args.Key.create("io.tulle.grpc.mesh");

    /** For {@link java.util.ServiceLoader}. */
    public MeshResolverProvider() {}

    /**
     * Returns a resolver of {@code mesh:///service} or {@code mesh:///namespace/service}; null for other schemes.
     *
     * @throws IllegalArgumentException if the rest of the target is none
     */
    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        if (!Target.SCHEME.equalsIgnoreCase(target.getScheme())) {
            return null;
        }
        Target service = Target.of(target);
        Mesh given = args.getArg(MESH);
        List<Mesh> meshes = given == null ? InstalledMeshes.all() : List.of(given);
        if (meshes.size() == 1) {
            return new MeshResolver(Wiring.of(service.host(), meshes.get(0)), args);
        }
        String found = meshes.isEmpty() ? "no mesh is" : meshes.size() + " meshes are";
        return new UninstalledResolver(
                service.host(),
                target + ": " + found + " installed (expected: one, by MeshChannels.install(mesh); or a channel of"
                        + " MeshChannels.builder(mesh, service))");
    }

    @Override
    public String getDefaultScheme() {
        return Target.SCHEME;
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    /** Below the default, so that targets without a scheme stay as they are. */
    @Override
    protected int priority() {
        return 4;
    }
}
