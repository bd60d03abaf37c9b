package io.tulle.registry.http;

import static io.tulle.registry.http.ResourceRequest.DRY_RUN;

import io.javalin.config.JavalinConfig;
import io.tulle.api.resource.Resource;
import io.tulle.client.codec.LocatedResource;
import io.tulle.registry.resource.Edit;
import io.tulle.registry.resource.Precondition;
import io.tulle.registry.resource.ResourceWrites;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Several resources in one request: all in one revision, or none. Thread-safe. */
final class ApplyEndpoint {
    private final ResourceWrites writes;

    ApplyEndpoint(ResourceWrites writes) {
        this.writes = writes;
    }

    void addTo(JavalinConfig config) {
        config.routes.post("/api/v1/apply", ResourceEndpoints.handler(this::apply));
    }

    private void apply(ResourceRequest request) {
        boolean dryRun = request.query(DRY_RUN).flag(DRY_RUN);
        List<LocatedResource> resources = ResourceBody.all(request.context());
        if (resources.isEmpty() || resources.size() > ResourceWrites.MOST_EDITS) {
            throw ResourceBody.invalid(List.of(new ProblemException.Field(
                    "", resources.size() + " resources (expected: 1.." + ResourceWrites.MOST_EDITS + ")")));
        }
        request.answer(ResourceDocuments.applied(writes.write(edits(resources), dryRun)));
    }

    private static List<Edit> edits(List<LocatedResource> resources) {
        List<Edit> edits = new ArrayList<>();
        Set<String> titles = new HashSet<>();
        List<ProblemException.Field> twice = new ArrayList<>();
        for (LocatedResource located : resources) {
            Resource resource = located.resource();
            boolean document = located.pointer().isEmpty() && resources.size() > 1;
            String pointer = document ? "/" + edits.size() : located.pointer();
            if (!titles.add(resource.title())) {
                twice.add(new ProblemException.Field(
                        pointer + "/metadata/name", resource.title() + " a second time (expected: each once)"));
            }
            edits.add(Edit.write(resource, Precondition.NONE, pointer));
        }
        if (!twice.isEmpty()) {
            throw ResourceBody.invalid(twice);
        }
        return edits;
    }
}
