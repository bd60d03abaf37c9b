package io.tulle.registry.http;

import static io.tulle.registry.http.ResourceRequest.DRY_RUN;

import io.javalin.config.JavalinConfig;
import io.tulle.api.resource.Resource;
import io.tulle.registry.resource.Edit;
import io.tulle.registry.resource.ResourceHistory;
import io.tulle.registry.resource.ResourceReads;
import io.tulle.registry.resource.ResourceVersion;
import io.tulle.registry.resource.ResourceWrites;
import java.util.List;

/** What a resource was, and going back to it. Thread-safe. */
final class HistoryEndpoints {
    private final ResourceReads reads;
    private final ResourceWrites writes;

    HistoryEndpoints(ResourceReads reads, ResourceWrites writes) {
        this.reads = reads;
        this.writes = writes;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ResourceEndpoints.ONE + "/history", ResourceEndpoints.handler(this::history));
        config.routes.get(ResourceEndpoints.ONE + "/diff", ResourceEndpoints.handler(this::diff));
        config.routes.post(ResourceEndpoints.ONE + "/rollback", ResourceEndpoints.handler(this::rollback));
    }

    private void history(ResourceRequest request) {
        request.query();
        request.answer(ResourceDocuments.history(versions(request)));
    }

    private void diff(ResourceRequest request) {
        QueryParameters query = request.query("from", "to");
        List<ResourceVersion> versions = versions(request);
        ResourceVersion from = version(versions, query, "from");
        ResourceVersion to = query.text("to") == null ? versions.get(0) : version(versions, query, "to");
        request.answer(ResourceDocuments.diff(from, to, ResourceHistory.diff(from, to)));
    }

    private void rollback(ResourceRequest request) {
        QueryParameters query = request.query("to", DRY_RUN);
        boolean dryRun = query.flag(DRY_RUN);
        ResourceVersion to = version(versions(request), query, "to");
        if (to.deleted()) {
            throw QueryParameters.invalid(
                    "to", to.number() + " (expected: a version that is not a deletion; delete the resource instead)");
        }
        Resource next = to.resource().withMetadata(to.resource().metadata().withResourceVersion(""));
        request.write(writes, Edit.write(next, request.precondition(), ""), dryRun);
    }

    private List<ResourceVersion> versions(ResourceRequest request) {
        return reads.history(request.kind(), request.namespace(), request.name());
    }

    private static ResourceVersion version(List<ResourceVersion> versions, QueryParameters query, String parameter) {
        int newest = versions.get(0).number();
        int oldest = versions.get(versions.size() - 1).number();
        int number = query.number(parameter, oldest, newest, 0);
        return versions.stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow(() -> QueryParameters.invalid(
                        parameter, "missing (expected: a version that is kept, " + oldest + ".." + newest + ")"));
    }
}
