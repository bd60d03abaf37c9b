package io.tulle.benchmarks.macro;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolves {@code fixed:///1,2,3} to these ports of loopback. */
final class FixedAddresses extends NameResolverProvider {
    private static final String SCHEME = "fixed";

    private FixedAddresses() {}

    /** Returns the target of these ports, which from now on can be resolved. */
    static String target(List<Integer> ports) {
        NameResolverRegistry.getDefaultRegistry().register(new FixedAddresses());
        return SCHEME + ":///" + ports.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 5;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        return SCHEME.equals(target.getScheme()) ? new Fixed(target.getPath().substring(1)) : null;
    }

    private static final class Fixed extends NameResolver {
        private final List<EquivalentAddressGroup> addresses;

        Fixed(String ports) {
            addresses = Arrays.stream(ports.split(","))
                    .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)))
                    .map(EquivalentAddressGroup::new)
                    .toList();
        }

        @Override
        public String getServiceAuthority() {
            return Fleet.SERVICE;
        }

        @Override
        public void start(Listener2 listener) {
            listener.onResult(ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromValue(addresses))
                    .build());
        }

        @Override
        public void shutdown() {
            // nothing is held
        }
    }
}
