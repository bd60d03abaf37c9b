package io.tulle.registry.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/**
 * Shows the contract: as JSON, and as a page that Swagger UI makes of it. Everything comes from the class path; the browser is told to take nothing from
 * anywhere else.
 */
public final class DocsEndpoints {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
    private static final Map<String, String> TYPES = Map.of(
            "swagger-ui.css", "text/css",
            "swagger-ui-bundle.js", "text/javascript",
            "start.js", "text/javascript");

    /** Creates the endpoints. */
    public DocsEndpoints() {}

    /** Adds the routes. */
    public void addTo(JavalinConfig config) {
        config.routes.get(
                "/api/openapi.json",
                context -> context.contentType("application/json").result(OpenApi.json()));
        config.routes.get("/api/docs", context -> answer(context, "text/html", resource("/docs/index.html")));
        config.routes.get("/api/docs/{file}", DocsEndpoints::file);
        config.routes.get("/", context -> context.redirect("/api/docs"));
    }

    private static void file(Context context) {
        String name = context.pathParam("file");
        String type = TYPES.get(name);
        if (type == null) {
            throw Problems.ofStatus(404, null);
        }
        String path = name.equals("start.js") ? "/docs/start.js" : WEBJAR + version() + "/" + name;
        answer(context, type, resource(path));
    }

    private static void answer(Context context, String type, InputStream body) {
        context.header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .contentType(type + "; charset=utf-8")
                .result(body);
    }

    private static String version() {
        try (InputStream in = resource("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String path) {
        InputStream in = DocsEndpoints.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException(path + " is not on the class path");
        }
        return in;
    }
}
