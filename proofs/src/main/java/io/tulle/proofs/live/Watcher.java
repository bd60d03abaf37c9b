package io.tulle.proofs.live;

import io.tulle.proofs.history.Connect;
import io.tulle.proofs.history.Event;
import io.tulle.proofs.history.Line;
import io.tulle.proofs.history.Recorder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Follows services over the bare stream and records every line. Drops its stream now and then and goes on where it was, or begins anew. Confined to its
 * thread.
 */
final class Watcher implements Callable<Void> {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final Duration NAP = Duration.ofMillis(700);

    private final String name;
    private final URI registry;
    private final List<String> services;
    private final Random random;
    private final boolean slow;
    private final Gate gate;
    private final Recorder recorder;
    private final LongSupplier nanos;
    private String epoch = "";
    private long seen = Connect.ANEW;

    /** Creates a watcher; one that is {@code slow} stops reading now and then. */
    Watcher(
            String name,
            URI registry,
            List<String> services,
            Random random,
            boolean slow,
            Gate gate,
            Recorder recorder,
            LongSupplier nanos) {
        this.name = name;
        this.registry = registry;
        this.services = services;
        this.random = random;
        this.slow = slow;
        this.gate = gate;
        this.recorder = recorder;
        this.nanos = nanos;
    }

    @Override
    public Void call() throws InterruptedException, IOException {
        while (!gate.enough(seen)) {
            boolean anew = seen == Connect.ANEW || random.nextInt(8) == 0;
            HttpURLConnection connection = open(anew ? Connect.ANEW : seen);
            try {
                follow(connection, anew ? Connect.ANEW : seen);
            } catch (IOException e) {
                gate.retry(); // it was killed, or the time was over; whether a line is missing is for the checker
                // to say
            } finally {
                connection.disconnect();
            }
        }
        return null;
    }

    private HttpURLConnection open(long since) throws IOException {
        String query = services.stream().map(service -> "service=" + service).collect(Collectors.joining("&"));
        String resume = since == Connect.ANEW ? "" : "&epoch=" + epoch + "&since=" + since;
        URI uri = registry.resolve("/api/v1/watch?" + query + resume);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(2_000);
        connection.setReadTimeout(PATIENCE_MILLIS);
        return connection;
    }

    private void follow(HttpURLConnection connection, long since) throws IOException, InterruptedException {
        int status = connection.getResponseCode();
        recorder.add(Event.of(new Connect(name, nanos.getAsLong(), services, since, status)));
        if (status != 200) {
            seen = status == 410 ? Connect.ANEW : seen;
            gate.retry();
            return;
        }
        int lines = 20 + random.nextInt(400);
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String json = in.readLine(); json != null; json = in.readLine()) {
                take(RawLine.parse(name, nanos.getAsLong(), json));
                if (gate.enough(seen) || lines-- == 0) {
                    return;
                }
                if (slow && lines % 100 == 0) {
                    gate.pause(NAP);
                }
            }
        }
    }

    private void take(Line line) {
        recorder.add(Event.of(line));
        epoch = line.epoch();
        seen = line.revision();
    }
}
