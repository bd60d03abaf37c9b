package io.tulle.proofs.compat;

import com.sun.net.httpserver.HttpServer;
import io.tulle.api.resource.Instance;
import io.tulle.client.Mesh;
import io.tulle.client.registry.Registered;
import io.tulle.client.registry.Registration;
import io.tulle.client.registry.Sync;
import io.tulle.core.snapshot.ServiceSnapshot;
import io.tulle.http.MeshCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A process of the mesh that registers itself, calls itself through the mesh and says how it goes: a line for each line that it is told, {@code port <n>}
 * first. It is built in every version and runs beside a registry of another, so it uses nothing but what users use.
 */
public final class CompatClient {
    private static final Duration REGISTERED = Duration.ofSeconds(20);
    private static final Request REQUEST =
            new Request.Builder().url("http://catalog/books/7").build();

    private CompatClient() {}

    /**
     * Runs until its standard input ends.
     *
     * @param arguments the registry's address and a folder for snapshots
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (Mesh mesh = Mesh.builder()
                .service("shop/catalog")
                .registry(URI.create(arguments[0]))
                .stateDir(Path.of(arguments[1]))
                .uses("catalog")
                .build()) {
            Registered registered =
                    mesh.register(registration(server.getAddress().getPort()));
            System.out.println("registered " + registered.await(REGISTERED) + " port "
                    + server.getAddress().getPort());
            answer(mesh, MeshCalls.of(mesh, new OkHttpClient()));
            registered.drain(Duration.ofSeconds(2));
        } finally {
            server.stop(0);
        }
    }

    private static Registration registration(int port) {
        return Registration.of("catalog-self", "127.0.0.1", port).withLocality(new Instance.Locality("eu", "b"));
    }

    /** For each line: ten calls, then {@code failed=<n> endpoints=<n> rule=<name> rejected=<n> connected=<yes or no>}. */
    private static void answer(Mesh mesh, Call.Factory http) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int failed = 0;
            for (int i = 0; i < 10; i++) {
                failed += ok(http) ? 0 : 1;
            }
            ServiceSnapshot service = mesh.engine().snapshot().byName("shop/catalog");
            Sync sync = mesh.sync();
            System.out.println("failed=" + failed
                    + " endpoints=" + (service == null ? 0 : service.endpoints().size())
                    + " revision=" + sync.revision()
                    + " rejected=" + sync.rejected().size()
                    + " connected=" + sync.connected());
        }
    }

    private static boolean ok(Call.Factory http) {
        try (Response response = http.newCall(REQUEST).execute()) {
            return response.code() == 204;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return false;
        }
    }
}
