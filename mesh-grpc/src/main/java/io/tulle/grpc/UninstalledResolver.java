package io.tulle.grpc;

import io.grpc.NameResolver;
import io.grpc.Status;

/** Stands for a target for which it is not clear which mesh is meant: every call is told so. */
final class UninstalledResolver extends NameResolver {
    private final String authority;
    private final String problem;

    UninstalledResolver(String authority, String problem) {
        this.authority = authority;
        this.problem = problem;
    }

    @Override
    public String getServiceAuthority() {
        return authority;
    }

    @Override
    public void start(Listener2 listener) {
        listener.onError(Status.UNAVAILABLE.withDescription(problem));
    }

    @Override
    public void shutdown() {}
}
