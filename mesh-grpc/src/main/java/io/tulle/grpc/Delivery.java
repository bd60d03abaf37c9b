package io.tulle.grpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Status;
import java.util.List;

/**
 * The addresses of a channel's endpoints on their way from the resolver to the balancer. They ride in an attribute: a channel that ignores what the resolver
 * says of the balancer has no address, and cannot make calls past the mesh. Confined to the channel's synchronization context.
 */
final class Delivery {
    /** Where a resolution has it. */
    static final Attributes.Key<Delivery> KEY = Attributes.Key.create("io.tulle.grpc.delivery");

    /** Older than every version: addresses are on their way. */
    static final long COMING = -1;

    /** What calls of a channel are told whose balancer is another. */
    static final Status REFUSED = Status.INTERNAL.withDescription(
            "the channel has a balancer of its own and not the mesh's (expected: a channel on which disableServiceConfigLookUp() was not called)");

    private final List<EquivalentAddressGroup> addresses;
    private final long version;
    private boolean taken;

    /** {@code version} is that of the configuration from which the addresses are. */
    Delivery(List<EquivalentAddressGroup> addresses, long version) {
        this.addresses = addresses;
        this.version = version;
    }

    /** Returns the addresses; for the balancer that is meant. */
    List<EquivalentAddressGroup> take() {
        taken = true;
        return addresses;
    }

    long version() {
        return version;
    }

    /** Returns whether it has come to the balancer that is meant. */
    boolean taken() {
        return taken;
    }

    /** Other balancers say this of a resolution without an address. */
    @Override
    public String toString() {
        return String.valueOf(REFUSED.getDescription());
    }
}
