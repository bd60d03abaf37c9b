package io.tulle.registry.http;

import io.javalin.http.Context;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.NearestNames;
import io.tulle.client.codec.PlainJson;
import io.tulle.registry.resource.Edit;
import io.tulle.registry.resource.EntityTags;
import io.tulle.registry.resource.Precondition;
import io.tulle.registry.resource.ResourceWrites;
import io.tulle.registry.resource.Result;
import io.tulle.registry.resource.Written;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request about resources: what its path, query and headers say, and how it is answered. Confined to one request.
 *
 * @param context of the request
 */
record ResourceRequest(Context context) {
    static final String DRY_RUN = "dryRun";

    private static final String REVISION = "Mesh-Revision";

    private static final int LONGEST = 30;

    /** Returns the kind in the path. */
    Kind kind() {
        String plural = context.pathParam("kinds");
        Kind kind = Kind.ofPlural(plural);
        if (kind != null) {
            return kind;
        }
        List<String> known = Arrays.stream(Kind.values()).map(Kind::plural).toList();
        boolean longer = plural.length() > LONGEST;
        List<String> near = longer ? List.of() : NearestNames.to(plural, known);
        throw new ProblemException(
                404,
                "not-found",
                "'" + (longer ? plural.substring(0, LONGEST) + "..." : plural) + "' is no kind (expected: one of "
                        + String.join(", ", known)
                        + (near.isEmpty() ? ")" : "; did you mean " + String.join(" or ", near) + "?)"));
    }

    /** Returns the namespace in the path; empty when the path has none. */
    String namespace() {
        return context.pathParamMap().getOrDefault("namespace", "");
    }

    /** Returns the name in the path. */
    String name() {
        return context.pathParam("name");
    }

    /** Returns the query, which may have {@code known} parameters. */
    QueryParameters query(String... known) {
        return QueryParameters.of(context, Set.of(known));
    }

    /** Returns what {@code If-Match} and {@code If-None-Match} say. */
    Precondition precondition() {
        return new Precondition(tags("If-Match"), tags("If-None-Match"), false);
    }

    private @Nullable EntityTags tags(String header) {
        String value = context.header(header);
        try {
            return value == null ? null : EntityTags.parse(value);
        } catch (IllegalArgumentException e) {
            String detail = String.valueOf(e.getMessage());
            throw new ProblemException(
                    400,
                    "invalid-parameter",
                    header + ": " + detail,
                    List.of(new ProblemException.Field("header/" + header, detail)),
                    Map.of());
        }
    }

    /** Does an edit, or tries it, and answers. */
    void write(ResourceWrites writes, Edit edit, boolean dryRun) {
        Written written = writes.write(List.of(edit), dryRun);
        Written.Item item = written.items().get(0);
        if (!dryRun) {
            context.header(REVISION, String.valueOf(written.revision()));
        }
        if (!dryRun && item.result() != Result.DELETED) {
            context.status(item.result() == Result.CREATED ? 201 : 200);
            context.header("ETag", EntityTags.of(item.resource().metadata().resourceVersion()));
        }
        answer(ResourceDocuments.written(written));
    }

    /** Answers with a document. */
    void answer(Map<String, ?> document) {
        context.contentType("application/json").result(PlainJson.write(document));
    }
}
