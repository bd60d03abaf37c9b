package io.tulle.grpc;

import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import io.tulle.core.snapshot.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps a connection to every endpoint, as gRPC's round robin does: an attempt is sent to who is connected, and a first call to each endpoint that had to
 * connect would teach the balancing the wrong latencies. Confined to the channel's synchronization context.
 *
 * <p>An endpoint that leaves has its subchannel shut down, which takes no new stream and closes the connection when its last stream has ended.
 */
final class MeshBalancer extends LoadBalancer {
    private final Helper helper;
    private final Map<Endpoint, Connection> connections = new LinkedHashMap<>();
    private Set<Endpoint> awaited = Set.of(); // whose addresses are not known yet
    private long version;
    private Status failure = Status.OK;
    private boolean shutdown;

    MeshBalancer(Helper helper) {
        this.helper = helper;
    }

    @Override
    public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
        Delivery delivery = resolved.getAttributes().get(Delivery.KEY);
        version = delivery == null ? 0 : delivery.version();
        awaited = delivery == null ? Set.of() : delivery.awaited();
        Set<Endpoint> present = new HashSet<>();
        for (EquivalentAddressGroup address : delivery == null ? resolved.getAddresses() : delivery.take()) {
            Endpoint endpoint = address.getAttributes().get(MeshResolver.ENDPOINT);
            if (endpoint != null && present.add(endpoint)) {
                Status misfit = ChannelSecurity.misfit(helper.getChannelCredentials(), endpoint);
                if (misfit.isOk()) {
                    connect(endpoint, address);
                } else {
                    failure = misfit;
                }
            }
        }
        connections
                .entrySet()
                .removeIf(entry ->
                        !present.contains(entry.getKey()) && entry.getValue().leave());
        show();
        return Status.OK;
    }

    private void connect(Endpoint endpoint, EquivalentAddressGroup address) {
        Connection connection = connections.get(endpoint);
        if (connection == null) {
            connection = new Connection(address);
            connections.put(endpoint, connection);
            connection.start();
        } else {
            connection.at(address);
        }
    }

    @Override
    public void handleNameResolutionError(Status error) {
        failure = error;
        show();
    }

    @Override
    public void shutdown() {
        shutdown = true;
        connections.values().forEach(Connection::leave);
        connections.clear();
    }

    private void show() {
        if (shutdown) {
            return;
        }
        Map<Endpoint, PickResult> ready = new HashMap<>();
        Map<Endpoint, Coming> coming = new HashMap<>();
        awaited.forEach(endpoint -> coming.put(endpoint, Coming.FIRST));
        connections.forEach((endpoint, connection) -> {
            if (connection.state == ConnectivityState.READY) {
                ready.put(endpoint, connection.pick);
            } else if (connection.state != ConnectivityState.TRANSIENT_FAILURE) {
                coming.put(endpoint, connection.known ? Coming.AGAIN : Coming.FIRST);
            }
        });
        ConnectivityState state = !ready.isEmpty()
                ? ConnectivityState.READY
                : coming.isEmpty() ? ConnectivityState.TRANSIENT_FAILURE : ConnectivityState.CONNECTING;
        helper.updateBalancingState(state, new MeshPicker(ready, coming, version, failure, this::again));
    }

    private void again() {
        helper.getSynchronizationContext().execute(this::show);
    }

    /** One endpoint's subchannel. */
    private final class Connection implements SubchannelStateListener {
        final PickResult pick;
        private final Subchannel subchannel;
        private EquivalentAddressGroup address;
        private ConnectivityState state = ConnectivityState.IDLE;
        private boolean known; // it was READY once

        Connection(EquivalentAddressGroup address) {
            this.address = address;
            subchannel = helper.createSubchannel(
                    CreateSubchannelArgs.newBuilder().setAddresses(address).build());
            pick = PickResult.withSubchannel(subchannel);
        }

        void start() {
            subchannel.start(this);
            subchannel.requestConnection();
        }

        /** Its name may mean another address by now. */
        void at(EquivalentAddressGroup newest) {
            if (!address.getAddresses().equals(newest.getAddresses())) {
                address = newest;
                subchannel.updateAddresses(List.of(newest));
            }
        }

        boolean leave() {
            state = ConnectivityState.SHUTDOWN;
            subchannel.shutdown();
            return true;
        }

        @Override
        public void onSubchannelState(ConnectivityStateInfo news) {
            ConnectivityState now = news.getState();
            if (now == ConnectivityState.SHUTDOWN || state == ConnectivityState.SHUTDOWN) {
                return;
            }
            if (now == ConnectivityState.IDLE) {
                subchannel.requestConnection();
            }
            if (now == ConnectivityState.TRANSIENT_FAILURE) {
                failure = news.getStatus();
                helper.refreshNameResolution();
            }
            boolean stillFailing = state == ConnectivityState.TRANSIENT_FAILURE && now != ConnectivityState.READY;
            if (!stillFailing) { // as long as an endpoint has not connected, it has failed
                state = now;
                known |= now == ConnectivityState.READY;
                show();
            }
        }
    }
}
