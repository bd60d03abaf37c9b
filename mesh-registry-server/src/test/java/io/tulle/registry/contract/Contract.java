package io.tulle.registry.contract;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tulle.registry.http.OpenApi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract, to hold requests and answers against. Thread-safe. */
public final class Contract {
    private static final String URI = "urn:tulle:openapi";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");
    private static final Contract INSTANCE = new Contract();

    private final JsonNode document = JsonMapper.shared().readTree(OpenApi.json());
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(URI, OpenApi.json())));
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    private Contract() {}

    /** Returns the contract of this build. */
    public static Contract get() {
        return INSTANCE;
    }

    /** Returns every operation as {@code GET /api/v1/{}/{}}. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{\\w+}", "{}"));
                    }
                }));
        return operations;
    }

    /** Returns a schema by its name, as it stands in the document. */
    public JsonNode schema(String name) {
        JsonNode schema = document.get("components").get("schemas").get(name);
        if (schema == null) {
            throw new AssertionError("the contract has no schema " + name);
        }
        return schema;
    }

    /** Returns what is wrong with {@code json} by the schema of that name; nothing when it is as it should be. */
    public List<String> problems(String schema, String json) {
        return validate(schema(schema), json);
    }

    /** Returns what is wrong with an answer. */
    public List<String> problems(String method, String path, int status, String contentType, String body) {
        String type = contentType.replaceFirst(";.*", "").trim();
        JsonNode operation = operation(method, path);
        if (operation == null) {
            return status >= 400 && type.equals("application/problem+json")
                    ? problems("Problem", body)
                    : List.of(method + " " + path + " is not in the contract and was answered with " + status);
        }
        JsonNode responses = operation.get("responses");
        JsonNode listed = responses.get(String.valueOf(status));
        if (listed == null && status < 400) {
            return List.of("status " + status + " is not in the contract of " + method + " " + path);
        }
        JsonNode content =
                resolved(listed == null ? responses.get("default") : listed).get("content");
        JsonNode media = content.get(type);
        if (media == null) {
            return List.of(status + " with '" + type + "' (expected: one of " + content.propertyNames() + ")");
        }
        return isJson(type) ? validate(media.get("schema"), body) : List.of();
    }

    /** Returns what is wrong with the JSON body of a request that a registry has accepted. */
    public List<String> requestProblems(String method, String path, String body) {
        JsonNode operation = operation(method, path);
        if (operation == null || operation.get("requestBody") == null) {
            return List.of(method + " " + path + " takes no body by the contract");
        }
        JsonNode content = resolved(operation.get("requestBody")).get("content");
        return validate(content.get("application/json").get("schema"), body);
    }

    private @Nullable JsonNode operation(String method, String path) {
        String plain = path.replaceFirst("\\?.*", "");
        List<String> templates = new ArrayList<>();
        document.get("paths").forEachEntry((template, item) -> {
            if (plain.matches(template.replaceAll("\\{\\w+}", "[^/]+"))) {
                templates.add(template);
            }
        });
        return templates.stream()
                .sorted(Comparator.comparingLong(
                        template -> template.chars().filter(c -> c == '{').count()))
                .findFirst()
                .map(template -> document.get("paths").get(template).get(method.toLowerCase(Locale.ROOT)))
                .orElse(null);
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : document.at(reference.stringValue().substring(1));
    }

    private List<String> validate(JsonNode schema, String json) {
        Schema compiled = schemas.computeIfAbsent(
                schema,
                node -> registry.getSchema(node.toString().replace("\"#/", "\"" + URI + "#/"), InputFormat.JSON));
        return compiled.validate(json, InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || type.endsWith("+json");
    }
}
