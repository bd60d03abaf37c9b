package io.tulle.registry.http;

import io.javalin.http.Context;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Metadata;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.LocatedResource;
import io.tulle.client.codec.Problem;
import io.tulle.client.codec.ResourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources in the body of a request, JSON or YAML. Stateless. */
final class ResourceBody {
    private static final int MOST_FIELDS = 100;
    private static final Map<String, String> FILES = Map.of(
            "application/json", "body.json",
            "application/yaml", "body.yaml",
            "application/x-yaml", "body.yaml",
            "text/yaml", "body.yaml");

    private ResourceBody() {}

    /**
     * Returns all resources of a body.
     *
     * @throws ProblemException 400, 415 or 422
     */
    static List<LocatedResource> all(Context context) {
        try {
            return ResourceReader.read(file(context.contentType()), context.bodyAsBytes());
        } catch (InvalidFileException e) {
            throw problem(e);
        }
    }

    /**
     * Returns the one resource of a body, which is of a kind and namespace and, when it is not null, has a name. The body may leave the namespace to the
     * path.
     *
     * @throws ProblemException 400, 415 or 422
     */
    static Resource one(Context context, Kind kind, String namespace, @Nullable String name) {
        List<LocatedResource> all = all(context);
        if (all.size() != 1) {
            String detail = all.size() + " resources (expected: one; send several to /api/v1/apply)";
            throw invalid(List.of(new ProblemException.Field("", detail)));
        }
        LocatedResource located = all.get(0);
        Resource resource = located.resource();
        Metadata metadata = resource.metadata();
        List<ProblemException.Field> wrong = new ArrayList<>();
        expect("/kind", kind.title(), resource.kind().title(), wrong);
        if (located.says("/metadata/namespace")) {
            expect("/metadata/namespace", namespace, metadata.namespace(), wrong);
        }
        expect("/metadata/name", name == null ? metadata.name() : name, metadata.name(), wrong);
        if (!wrong.isEmpty()) {
            throw invalid(wrong);
        }
        return resource.withMetadata(
                new Metadata(namespace, metadata.name(), metadata.labels(), metadata.resourceVersion()));
    }

    /** Returns the problem with resources that can be read and are wrong. */
    static ProblemException invalid(List<ProblemException.Field> fields) {
        ProblemException.Field first = fields.get(0);
        String more = fields.size() == 1 ? "" : "; and " + (fields.size() - 1) + " more";
        String place = first.pointer().isEmpty() ? "" : first.pointer() + ": ";
        return new ProblemException(422, "invalid-resource", place + first.detail() + more, fields, Map.of());
    }

    private static void expect(String pointer, String path, String body, List<ProblemException.Field> wrong) {
        if (!path.equals(body)) {
            wrong.add(new ProblemException.Field(pointer, "'" + body + "' (expected: '" + path + "', as in the path)"));
        }
    }

    static ProblemException problem(InvalidFileException invalid) {
        List<ProblemException.Field> fields = invalid.problems().stream()
                .limit(MOST_FIELDS)
                .map(ResourceBody::field)
                .toList();
        return invalid.malformed()
                ? new ProblemException(
                        400, "malformed-body", fields.get(fields.size() - 1).detail(), fields, Map.of())
                : invalid(fields);
    }

    private static ProblemException.Field field(Problem problem) {
        String place = problem.line() > 1 ? "line " + problem.line() + ": " : "";
        return new ProblemException.Field(
                problem.pointer(), place + problem.value() + " (expected: " + problem.expected() + ")");
    }

    /** Returns the name that makes the reader take the body for what its type says. */
    private static String file(@Nullable String contentType) {
        String[] parts = (contentType == null ? "" : contentType.toLowerCase(Locale.ROOT)).split(";", -1);
        String file = FILES.get(parts[0].strip());
        for (int i = 1; file != null && i < parts.length; i++) {
            String parameter = parts[i].replaceAll("[\\s\"]", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                file = null;
            }
        }
        if (file == null) {
            String found = contentType == null ? "no Content-Type" : "Content-Type '" + contentType + "'";
            throw new ProblemException(
                    415,
                    "unsupported-media-type",
                    found + " (expected: application/json or application/yaml, in UTF-8)",
                    List.of(new ProblemException.Field("header/Content-Type", found)),
                    Map.of("Accept-Post", "application/json, application/yaml"));
        }
        return file;
    }
}
