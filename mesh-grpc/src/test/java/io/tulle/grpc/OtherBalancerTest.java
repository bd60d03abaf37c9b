package io.tulle.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No call goes past the mesh. */
class OtherBalancerTest {
    private static final Map<String, ?> ROUND_ROBIN =
            Map.of("loadBalancingConfig", List.of(Map.of("round_robin", Map.of())));

    private final Rig rig = new Rig();
    private final TestServer server = rig.server("a");

    @AfterEach
    void close() {
        rig.close();
    }

    private void callsFail(ManagedChannelBuilder<?> builder) {
        rig.channel(builder);
        Awaitility.await().untilAsserted(() -> assertThat(failed().getCode()).isEqualTo(Status.Code.INTERNAL));
        rig.list("b", "127.0.0.1", server.port());
        Awaitility.await().untilAsserted(() -> assertThat(failed().getCode()).isEqualTo(Status.Code.INTERNAL));
        assertThat(server.calls).isEmpty();
    }

    /** What the very first calls are told has another code, but the same words. */
    private Status failed() {
        Status status = catchThrowableOfType(StatusRuntimeException.class, () -> rig.call(Rig.GET))
                .getStatus();
        assertThat(status.getDescription())
                .contains("not the mesh's (expected: a channel on which disableServiceConfigLookUp() was not called)");
        return status;
    }

    @Test
    void aChannelThatIgnoresTheResolversBalancerFails() {
        callsFail(MeshChannels.builder(rig.mesh, "ratings").disableServiceConfigLookUp());
    }

    @Test
    void aChannelThatHasABalancerOfItsOwnInsteadFails() {
        callsFail(MeshChannels.builder(rig.mesh, "ratings")
                .disableServiceConfigLookUp()
                .defaultServiceConfig(ROUND_ROBIN));
    }

    @Test
    void aPlainTargetThatIgnoresTheResolversBalancerFails() {
        MeshChannels.install(rig.mesh);
        callsFail(ManagedChannelBuilder.forTarget("mesh:///ratings")
                .usePlaintext()
                .disableServiceConfigLookUp());
    }

    @Test
    void aDefaultIsNotAskedForWhenTheResolverSaysWhichBalancer() {
        rig.channel(MeshChannels.builder(rig.mesh, "ratings").defaultServiceConfig(ROUND_ROBIN));
        assertThat(rig.call(Rig.GET)).isEqualTo("a:q");
        Awaitility.await().untilAsserted(() -> assertThat(rig.verdicts).containsExactly("SUCCESS"));
    }
}
