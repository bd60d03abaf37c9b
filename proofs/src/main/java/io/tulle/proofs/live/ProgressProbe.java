package io.tulle.proofs.live;

import io.tulle.proofs.history.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Opens a stream and looks whether it lives. */
public final class ProgressProbe {
    private static final int PATIENCE_MILLIS = 5_000;

    private ProgressProbe() {}

    /**
     * Follows all services of a run and reads up to so many progress marks.
     *
     * @return how many came before the stream ended or was silent
     */
    public static int marks(URI registry, int most) throws IOException {
        URI uri = registry.resolve("/api/v1/watch?service=" + AdminClient.NAMESPACE + "/s0");
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setReadTimeout(PATIENCE_MILLIS);
        int marks = 0;
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String json = in.readLine(); json != null && marks < most; json = in.readLine()) {
                marks += RawLine.parse("probe", 0, json).type() == Line.Type.PROGRESS ? 1 : 0;
            }
        } finally {
            connection.disconnect();
        }
        return marks;
    }
}
