package io.tulle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tulle.client.MeshRuntime;
import io.tulle.registry.contract.Answer;
import io.tulle.registry.contract.Contract;
import io.tulle.registry.contract.ContractClient;
import io.tulle.registry.store.MemoryStore;
import io.tulle.registry.store.Store;
import io.tulle.registry.store.UnusableStoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryServerTest {
    private static final RegistryOptions OPTIONS = RegistryOptions.DEFAULT.withPort(0);

    @Test
    void isReadyWhenItHasStarted() {
        try (RegistryServer server = RegistryServer.start(OPTIONS)) {
            ContractClient client = new ContractClient(server.uri());

            assertThat(client.get("/api/v1/health/live").status()).isEqualTo(200);
            assertThat(client.get("/api/v1/health/ready").status()).isEqualTo(200);
            Answer health = client.get("/api/v1/health");
            assertThat(health.at("/ready")).isEqualTo("true");
            assertThat(health.at("/epoch")).isNotEmpty();
        }
    }

    @Test
    void isNotReadyWhileTheStoreIsRead() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ContractClient client = new ContractClient(URI.create("http://127.0.0.1:" + port));
        Function<MeshRuntime, Store> reading = runtime -> {
            assertThat(client.get("/api/v1/health/ready").code()).isEqualTo("not-ready");
            assertThat(client.get("/api/v1/services").status()).isEqualTo(503);
            assertThat(client.get("/api/v1/health").at("/ready")).isEqualTo("false");
            return MemoryStore.open(runtime.ticker(), runtime.scheduler());
        };

        try (RegistryServer server = RegistryServer.start(OPTIONS.withPort(port), reading)) {
            assertThat(server.uri().getPort()).isEqualTo(port);
            assertThat(client.get("/api/v1/health/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void givesThePortBackWhenTheStoreCannotBeRead() {
        Function<MeshRuntime, Store> unusable = runtime -> {
            throw new UnusableStoreException("broken");
        };

        assertThatThrownBy(() -> RegistryServer.start(OPTIONS, unusable)).hasMessage("broken");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("tulle-http"));
    }

    @Test
    void servesWhatTheContractSays() {
        try (RegistryServer server = RegistryServer.start(OPTIONS)) {
            Set<String> routes = server.routes().stream()
                    .filter(route -> !route.equals("GET /")) // to the page of the contract
                    .map(route -> route.replaceAll("\\{\\w+}", "{}"))
                    .collect(Collectors.toSet());

            assertThat(routes)
                    .containsExactlyInAnyOrderElementsOf(Contract.get().operations());
        }
    }

    @Test
    void keepsResources(@TempDir Path data) {
        String service =
                "{\"kind\":\"Service\",\"metadata\":{\"namespace\":\"shop\",\"name\":\"catalog\"},\"spec\":{\"protocol\":\"grpc\"}}";
        try (RegistryServer server = RegistryServer.start(OPTIONS.withData(data))) {
            ContractClient client = new ContractClient(server.uri());

            assertThat(client.put("/api/v1/namespaces/shop/services/catalog", service)
                            .status())
                    .isEqualTo(201);
        }

        try (RegistryServer server = RegistryServer.start(OPTIONS.withData(data))) {
            ContractClient client = new ContractClient(server.uri());

            assertThat(client.get("/api/v1/services").at("/items/0/spec/protocol"))
                    .isEqualTo("grpc");
        }
    }

    @Test
    void showsMetrics() {
        try (RegistryServer server = RegistryServer.start(OPTIONS)) {
            ContractClient client = new ContractClient(server.uri());
            client.get("/api/v1/health/live");

            assertThat(client.get("/metrics").body())
                    .contains("tulle_registry_revision 0", "jvm_memory_used_bytes", "process_files_open_files");
        }
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> RegistryServer.start(RegistryOptions.DEFAULT.withPort(taken.getLocalPort())))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessage(
                            "cannot listen on port " + taken.getLocalPort()
                                    + " of 127.0.0.1: Address already in use (end what listens there, or choose another port with --port)");
        }
    }

    @Test
    void saysThatTheFolderCannotBeUsed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RegistryServer.start(OPTIONS.withData(file)))
                .isInstanceOf(UnusableStoreException.class)
                .hasMessageContaining(file.toString())
                .message()
                .doesNotContain("\n");
    }

    @Test
    void keepsItsDataInTheFolder(@TempDir Path folder) {
        String epoch;
        try (RegistryServer first = RegistryServer.start(OPTIONS.withData(folder.resolve("new")))) {
            epoch = new ContractClient(first.uri()).get("/api/v1/health").at("/epoch");
        }

        try (RegistryServer second = RegistryServer.start(OPTIONS.withData(folder.resolve("new")))) {
            assertThat(new ContractClient(second.uri()).get("/api/v1/health").at("/epoch"))
                    .isEqualTo(epoch);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid", ""})
    void listensOnLoopbackAddressesOnly(String host) {
        RegistryOptions options = new RegistryOptions(host, 0, null, OPTIONS.lease(), OPTIONS.progress());

        assertThatThrownBy(() -> RegistryServer.start(options))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("--host " + host + " is not a loopback address");
    }

    @Test
    void freesThePortWhenItIsClosed() {
        RegistryServer first = RegistryServer.start(OPTIONS);
        int port = first.uri().getPort();
        first.close();
        first.close();

        try (RegistryServer second = RegistryServer.start(OPTIONS.withPort(port))) {
            assertThat(second.uri().getPort()).isEqualTo(port);
        }
    }
}
