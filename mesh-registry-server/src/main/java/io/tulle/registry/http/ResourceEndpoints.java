package io.tulle.registry.http;

import static io.tulle.registry.http.ResourceRequest.DRY_RUN;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.tulle.api.resource.Kind;
import io.tulle.api.resource.Resource;
import io.tulle.registry.resource.Edit;
import io.tulle.registry.resource.EntityTags;
import io.tulle.registry.resource.Precondition;
import io.tulle.registry.resource.ResourceReads;
import io.tulle.registry.resource.ResourceWrites;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Resources over HTTP: every kind under the same paths. Add it after all endpoints whose paths are more definite. Thread-safe. */
public final class ResourceEndpoints {
    static final String NAMESPACES = "/api/v1/namespaces";
    static final String EVERYWHERE = "/api/v1/{kinds}";
    static final String LIST = NAMESPACES + "/{namespace}/{kinds}";
    static final String ONE = LIST + "/{name}";

    private static final int USUAL_LIMIT = 100;

    private final ResourceReads reads;
    private final ResourceWrites writes;
    private final Supplier<Collection<String>> namespaces;

    /**
     * Creates the endpoints.
     *
     * @param namespaces gives those that have resources
     */
    public ResourceEndpoints(ResourceReads reads, ResourceWrites writes, Supplier<Collection<String>> namespaces) {
        this.reads = reads;
        this.writes = writes;
        this.namespaces = namespaces;
    }

    /** Adds the routes. */
    public void addTo(JavalinConfig config) {
        config.routes.get(NAMESPACES, handler(this::namespaces));
        new ApplyEndpoint(writes).addTo(config);
        new HistoryEndpoints(reads, writes).addTo(config);
        config.routes.get(LIST, handler(this::list));
        config.routes.post(LIST, handler(this::create));
        config.routes.get(ONE, handler(this::get));
        config.routes.put(ONE, handler(this::put));
        config.routes.delete(ONE, handler(this::delete));
        config.routes.get(EVERYWHERE, handler(this::list));
    }

    static Handler handler(Consumer<ResourceRequest> endpoint) {
        return context -> endpoint.accept(new ResourceRequest(context));
    }

    private void namespaces(ResourceRequest request) {
        request.query();
        request.answer(Map.of("items", namespaces.get().stream().sorted().toList()));
    }

    private void list(ResourceRequest request) {
        Kind kind = request.kind();
        QueryParameters query = request.query("labelSelector", "limit", "continue");
        String labels = query.text("labelSelector");
        int limit = query.number("limit", 1, ResourceReads.MOST_ITEMS, USUAL_LIMIT);
        ResourceReads.Query wanted =
                new ResourceReads.Query(kind, request.namespace(), labels == null ? "" : labels, limit);
        request.answer(ResourceDocuments.page(kind, reads.list(wanted, query.text("continue"))));
    }

    private void get(ResourceRequest request) {
        request.query();
        Resource resource = reads.get(request.kind(), request.namespace(), request.name());
        request.context().header("ETag", EntityTags.of(resource.metadata().resourceVersion()));
        request.answer(ResourceDocuments.resource(resource));
    }

    private void create(ResourceRequest request) {
        boolean dryRun = request.query(DRY_RUN).flag(DRY_RUN);
        Resource next = ResourceBody.one(request.context(), request.kind(), request.namespace(), null);
        request.write(writes, Edit.write(next, request.precondition().andAbsent(), ""), dryRun);
    }

    private void put(ResourceRequest request) {
        boolean dryRun = request.query(DRY_RUN).flag(DRY_RUN);
        Resource next = ResourceBody.one(request.context(), request.kind(), request.namespace(), request.name());
        request.write(writes, Edit.write(next, request.precondition(), ""), dryRun);
    }

    private void delete(ResourceRequest request) {
        boolean dryRun = request.query(DRY_RUN).flag(DRY_RUN);
        Precondition precondition = request.precondition();
        Edit edit = Edit.delete(request.kind(), request.namespace(), request.name(), precondition);
        request.write(writes, edit, dryRun);
    }
}
