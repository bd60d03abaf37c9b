package io.tulle.grpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Status;
import io.tulle.core.snapshot.Endpoint;
import java.util.List;
import java.util.Set;

/**
 * The addresses of a channel's endpoints on their way from the resolver to the balancer. They ride in an attribute: a channel that ignores what the resolver
 * says of the balancer has no address, and cannot make calls past the mesh. Confined to the channel's synchronization context.
 */
final class Delivery {
    /** Where a resolution has it. */
    static final Attributes.Key<Delivery> KEY = Attributes.Key.create("io.tulle.grpc.delivery");

    /** What calls of a channel are told whose balancer is another. */
    static final Status REFUSED = Status.INTERNAL.withDescription(
            "the channel has a balancer of its own and not the mesh's (expected: a channel on which disableServiceConfigLookUp() was not called)");

    private final List<EquivalentAddressGroup> addresses;
    private final Set<Endpoint> awaited;
    private final long version;
    private boolean taken;

    /**
     * Creates one.
     *
     * @param addresses of endpoints, each with all of its own
     * @param awaited endpoints whose addresses are on their way
     * @param version of the configuration whose endpoints these are
     */
    Delivery(List<EquivalentAddressGroup> addresses, Set<Endpoint> awaited, long version) {
        this.addresses = addresses;
        this.awaited = awaited;
        this.version = version;
    }

    /** Returns the addresses; for the balancer that is meant. */
    List<EquivalentAddressGroup> take() {
        taken = true;
        return addresses;
    }

    Set<Endpoint> awaited() {
        return awaited;
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
