package io.tulle.proofs.compat;

import io.tulle.proofs.process.JavaProgram;
import io.tulle.proofs.process.RegistryJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One registry and one client, perhaps of different versions: registers, calls, sees a second instance with the newest schema's field, sees a change.
 *
 * @param client name of the client's version
 * @param clientClassPath of that version
 * @param registry name of the registry's version
 * @param registryClassPath of that version
 */
record Pairing(String client, String clientClassPath, String registry, String registryClassPath) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOOKS = 200;
    private static final String STATIC = "/api/v1/namespaces/shop/instances/catalog-static";
    private static final String ROUTE = "/api/v1/namespaces/shop/routes/catalog";

    /**
     * What came of it.
     *
     * @param field what the registry said to an instance with the newest schema's field: 201, or 422 when it does not know the field
     * @param report the client's last words
     */
    record Result(Pairing pairing, int field, String report, boolean good) {}

    Result run(Path folder) throws IOException, InterruptedException {
        try (RegistryJvm server = new RegistryJvm(folder, Duration.ofSeconds(5), registryClassPath);
                JavaProgram program = JavaProgram.start(
                        List.of(),
                        clientClassPath,
                        List.of(
                                CompatClient.class.getName(),
                                server.uri().toString(),
                                folder.resolve("state").toString()),
                        folder.resolve("client.log"))) {
            String registered = program.line(PATIENCE);
            String port = registered.substring(registered.lastIndexOf(' ') + 1);
            List<String> failures = new ArrayList<>();
            if (!registered.startsWith("registered true")) {
                failures.add(registered);
            }
            HttpResponse<Void> said = put(server.uri(), STATIC, instance(port, ", \"protocol\": \"http\""));
            int field = said.statusCode();
            if (field != 201 && put(server.uri(), STATIC, instance(port, "")).statusCode() != 201) {
                failures.add("a second instance was refused");
            }
            String report = awaitReport(program, "endpoints=2");
            HttpResponse<Void> changed = put(
                    server.uri(),
                    ROUTE,
                    "{\"kind\":\"Route\",\"metadata\":{\"namespace\":\"shop\",\"name\":\"catalog\"},\"spec\":{\"service\":\"catalog\",\"rules\":[{\"name\":\"changed\"}]}}");
            String before = report;
            String revision = "revision="
                    + changed.headers().firstValue("ETag").orElse("none").replace("\"", "") + " ";
            report = awaitReport(program, revision);
            boolean good = failures.isEmpty()
                    && before.contains("endpoints=2")
                    && report.contains(revision)
                    && report.contains("failed=0 ")
                    && report.contains("rejected=0")
                    && (field == 201 || field == 422);
            return new Result(this, field, failures.isEmpty() ? report : failures.get(0), good);
        }
    }

    /** Asks until the answer has what is wanted and nothing failed; returns the last answer. */
    private static String awaitReport(JavaProgram program, String wanted) throws InterruptedException {
        String report = "";
        for (int look = 0; look < LOOKS; look++) {
            program.say("report");
            report = program.line(PATIENCE);
            if (report.contains(wanted)) {
                return report;
            }
        }
        return report;
    }

    private static String instance(String port, String more) {
        return "{\"kind\":\"Instance\",\"metadata\":{\"namespace\":\"shop\",\"name\":\"catalog-static\"},\"spec\":{\"service\":\"catalog\",\"uid\":\"static\","
                + "\"host\":\"127.0.0.1\",\"port\":" + port + more + "}}";
    }

    private static HttpResponse<Void> put(URI registry, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(registry.resolve(path))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }
}
