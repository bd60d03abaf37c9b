package io.tulle.registry.http;

import io.tulle.client.codec.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The contract of the registry, written by hand in {@code openapi.yaml}. */
public final class OpenApi {
    private OpenApi() {}

    /** Returns the contract as JSON. */
    public static String json() {
        return Text.JSON;
    }

    @SuppressWarnings("unchecked") // the root of the document is an object
    private static String read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is not on the class path");
            }
            Load load =
                    new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
            return PlainJson.write((Map<String, ?>) load.loadFromInputStream(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read when it is first asked for, not at the start. */
    private static final class Text {
        static final String JSON = read();

        private Text() {}
    }
}
