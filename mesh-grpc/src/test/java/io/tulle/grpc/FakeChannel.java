package io.tulle.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tulle.api.context.CallContext;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.testing.tck.ScriptedRequest;
import io.tulle.testing.tck.TckMesh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The channel below the driver, over the scripted wire: all endpoints are connected, and the real picker asks the attempt where to go. */
final class FakeChannel extends Channel {
    private final TckMesh mesh;
    private final ScriptedRequest scripted;
    private final MeshPicker picker;

    FakeChannel(TckMesh mesh, ScriptedRequest scripted) {
        this.mesh = mesh;
        this.scripted = scripted;
        Map<Endpoint, PickResult> ready = new HashMap<>();
        mesh.engine().snapshot().services().stream()
                .flatMap(service -> service.endpoints().stream())
                .forEach(endpoint -> ready.put(endpoint, PickResult.withSubchannel(new Connected(endpoint))));
        picker = new MeshPicker(ready, Map.of(), mesh.engine().snapshot().version(), Status.OK, () -> {});
    }

    @Override
    @SuppressWarnings("unchecked") // the messages of these tests are text
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
        if (Place.standsWith(options)) {
            return new RefusedCall<>(options, CallContext.NONE, Status.OK) {
                @Override
                public void start(Listener<R> listener, Metadata headers) {} // this channel is never shut down
            };
        }
        return (ClientCall<Q, R>) new FakeClientCall(mesh.transport(), scripted, picker, method, options);
    }

    @Override
    public String authority() {
        return scripted.call().host();
    }

    /** A subchannel that only says where it leads. */
    static final class Connected extends Subchannel {
        final Endpoint endpoint;

        Connected(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void shutdown() {}

        @Override
        public void requestConnection() {}

        @Override
        public List<EquivalentAddressGroup> getAllAddresses() {
            throw new UnsupportedOperationException("not in a picker");
        }

        @Override
        public Attributes getAttributes() {
            return Attributes.EMPTY;
        }
    }
}
