package io.tulle.benchmarks.macro;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The process of a control plane that tells grpc-xds of one service and never changes its mind: each resource is sent once per stream, when it is first
 * asked for (state of the world, aggregated).
 */
public final class ControlPlane extends AggregatedDiscoveryServiceImplBase {
    private final Map<String, Any> byType = new HashMap<>();

    private ControlPlane(List<Integer> ports) {
        for (Message message : XdsResources.of(ports)) {
            Any resource = Any.pack(message);
            byType.put(resource.getTypeUrl(), resource);
        }
    }

    /** Runs until the standard input ends: {@code arguments} are the backends' ports. Says its own. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(Child.READY + " "
                + start(Arrays.stream(arguments).map(Integer::valueOf).toList()));
        Child.awaitEnd();
    }

    /** Listens on a free port of loopback and returns it. Stays until the process ends. */
    static int start(List<Integer> ports) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(new ControlPlane(ports))
                .build()
                .start()
                .getPort();
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamAggregatedResources(StreamObserver<DiscoveryResponse> answers) {
        return new Subscriber(answers);
    }

    private final class Subscriber implements StreamObserver<DiscoveryRequest> {
        private final StreamObserver<DiscoveryResponse> answers;
        private final Set<String> told = new HashSet<>();

        Subscriber(StreamObserver<DiscoveryResponse> answers) {
            this.answers = answers;
        }

        @Override
        public void onNext(DiscoveryRequest request) {
            if (request.hasErrorDetail()) {
                System.err.println("refused: " + request.getErrorDetail().getMessage());
            }
            Any resource = byType.get(request.getTypeUrl());
            if (resource != null && told.add(request.getTypeUrl())) {
                answers.onNext(DiscoveryResponse.newBuilder()
                        .setTypeUrl(request.getTypeUrl())
                        .setVersionInfo("1")
                        .setNonce(String.valueOf(told.size()))
                        .addResources(resource)
                        .build());
            }
        }

        @Override
        public void onError(Throwable failure) {
            System.err.println("stream: " + failure);
        }

        @Override
        public void onCompleted() {
            answers.onCompleted();
        }
    }
}
