package io.tulle.proofs.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.api.resource.Service;
import io.tulle.client.Mesh;
import io.tulle.grpc.MeshChannels;
import io.tulle.http.MeshCalls;
import io.tulle.testing.FixedSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Deadline, attempt and trace cross from every server to every client, whatever thread the handler uses; and a word against retries crosses back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossingTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final long TIMEOUT = 8_000; // less than what a call has by default

    private final OkHttpClient plain = new OkHttpClient();
    private Leaves leaves;
    private Middle middle;

    @BeforeAll
    void start() throws Exception {
        leaves = new Leaves();
        List<Resource> resources = new ArrayList<>();
        add(resources, "leaf", Protocol.HTTP, leaves.httpPort());
        add(resources, "leaf-grpc", Protocol.GRPC, leaves.grpcPort());
        middle = new Middle(mesh("middle", resources));
    }

    @AfterAll
    void stop() {
        middle.close();
        leaves.close();
        plain.dispatcher().executorService().shutdown();
        plain.connectionPool().evictAll();
    }

    private static Mesh mesh(String service, List<Resource> resources) {
        return Mesh.builder()
                .service(service)
                .source(new FixedSource(resources))
                .build();
    }

    private static void add(List<Resource> to, String service, Protocol protocol, int port) {
        io.tulle.api.resource.Metadata metadata = io.tulle.api.resource.Metadata.of("default", service);
        to.add(new Service(metadata, new Service.Spec(protocol, List.of())));
        Route.RetryBudget budget = new Route.RetryBudget(100, 1000, Duration.ofSeconds(10)); // each test retries
        to.add(new Route(metadata, new Route.Spec(service, List.of(), budget)));
        to.add(new Instance(metadata, Instance.Spec.of(service, "", "127.0.0.1", port)));
    }

    static List<Arguments> crossings() {
        List<Arguments> all = new ArrayList<>();
        for (Served served : Served.values()) {
            for (Hop hop : Hop.values()) {
                for (Outbound outbound : Outbound.values()) {
                    if (hop != Hop.GRPC_CONTEXT || served == Served.GRPC) { // the others have no context of gRPC's
                        all.add(Arguments.of(served, hop, outbound));
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("crossings")
    void whatTheCallerSaysReachesTheLeaf(Served served, Hop hop, Outbound outbound) throws Exception {
        assumeTrue(hop.possible());
        leaves.fail(1);

        callPlainly(served, "/" + hop + "/" + outbound);

        assertThat(middle.attemptSeen()).isEqualTo(2);
        List<Arrival> arrivals = leaves.arrivals();
        assertThat(arrivals).extracting(Arrival::attempt).containsExactly(null, "2");
        assertThat(arrivals).extracting(Arrival::traceparent).containsOnly(PARENT);
        assertThat(arrivals).extracting(Arrival::baggage).containsOnly("user=7");
        assertThat(arrivals)
                .extracting(Arrival::timeoutMillis)
                .allSatisfy(left -> assertThat(left).isBetween(1L, TIMEOUT - 10));
        assertThat(arrivals.get(1).timeoutMillis())
                .as("what is left for the second attempt")
                .isLessThanOrEqualTo(arrivals.get(0).timeoutMillis());
    }

    private void callPlainly(Served served, String path) throws IOException {
        if (served == Served.GRPC) {
            Metadata headers = new Metadata();
            headers.put(Arrival.key("x-mesh-attempt"), "2");
            headers.put(Arrival.key("traceparent"), PARENT);
            headers.put(Arrival.key("baggage"), "user=7");
            ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", middle.port(served))
                    .usePlaintext()
                    .build();
            try {
                ClientCalls.blockingUnaryCall(
                        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                        Texts.SAY,
                        CallOptions.DEFAULT.withDeadlineAfter(TIMEOUT, TimeUnit.MILLISECONDS),
                        path);
            } finally {
                channel.shutdownNow();
            }
            return;
        }
        Request request = new Request.Builder()
                .url("http://127.0.0.1:" + middle.port(served) + path)
                .header("x-mesh-timeout-ms", Long.toString(TIMEOUT))
                .header("x-mesh-attempt", "2")
                .header("traceparent", PARENT)
                .header("baggage", "user=7")
                .build();
        try (Response response = plain.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRetriedBelowIsNotRetriedAbove(Served served) throws Exception {
        List<Resource> resources = new ArrayList<>();
        add(resources, "middle", served == Served.GRPC ? Protocol.GRPC : Protocol.HTTP, middle.port(served));
        leaves.fail(Integer.MAX_VALUE);
        int before = middle.requests.get();
        try (Mesh front = mesh("front", resources)) {
            String path = "/SAME_THREAD/" + (served == Served.GRPC ? Outbound.GRPC : Outbound.OKHTTP_EXECUTE);
            if (served == Served.GRPC) {
                ManagedChannel channel = MeshChannels.builder(front, "middle").build();
                try {
                    assertThatThrownBy(
                                    () -> ClientCalls.blockingUnaryCall(channel, Texts.SAY, CallOptions.DEFAULT, path))
                            .isInstanceOf(StatusRuntimeException.class);
                } finally {
                    channel.shutdownNow();
                }
            } else {
                Request request =
                        new Request.Builder().url("http://middle" + path).build();
                try (Response response =
                        MeshCalls.of(front, plain).newCall(request).execute()) {
                    assertThat(response.code()).isEqualTo(502);
                }
            }
        }
        assertThat(leaves.arrivals()).as("attempts at the leaf").hasSize(3);
        assertThat(middle.requests.get() - before).as("attempts at the middle").isEqualTo(1);
    }
}
