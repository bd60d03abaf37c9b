package io.tulle.client.observe;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The names that spans use: those of the OpenTelemetry semantic conventions for HTTP, RPC and networks, and beside them the mesh's own, which all begin with {@code
 * mesh.}. Copied, because the artifact of the conventions changes more often than what is taken from it; a test compares them.
 */
final class MeshSemconv {
    static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.45.0";

    static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
    static final AttributeKey<String> HTTP_REQUEST_METHOD = stringKey("http.request.method");
    static final AttributeKey<String> HTTP_REQUEST_METHOD_ORIGINAL = stringKey("http.request.method_original");
    static final AttributeKey<Long> HTTP_REQUEST_RESEND_COUNT = longKey("http.request.resend_count");
    static final AttributeKey<Long> HTTP_RESPONSE_STATUS_CODE = longKey("http.response.status_code");
    static final AttributeKey<String> NETWORK_PEER_ADDRESS = stringKey("network.peer.address");
    static final AttributeKey<Long> NETWORK_PEER_PORT = longKey("network.peer.port");
    static final AttributeKey<String> RPC_METHOD = stringKey("rpc.method");
    static final AttributeKey<String> RPC_STATUS_CODE = stringKey("rpc.status_code");
    static final AttributeKey<String> RPC_SYSTEM_NAME = stringKey("rpc.system.name");
    static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = longKey("server.port");
    static final AttributeKey<String> URL_FULL = stringKey("url.full");
    static final AttributeKey<String> URL_PATH = stringKey("url.path");

    static final AttributeKey<String> MESH_SERVICE = stringKey("mesh.service");
    static final AttributeKey<String> MESH_SUBSET = stringKey("mesh.subset");
    static final AttributeKey<String> MESH_RULE = stringKey("mesh.rule");
    static final AttributeKey<String> MESH_VERDICT = stringKey("mesh.verdict");
    static final AttributeKey<String> MESH_REJECTED_BY = stringKey("mesh.rejected_by");
    static final AttributeKey<Long> MESH_ATTEMPTS = longKey("mesh.attempts");
    static final AttributeKey<Boolean> MESH_PANIC = booleanKey("mesh.panic");
    static final AttributeKey<Long> MESH_ATTEMPT_NUMBER = longKey("mesh.attempt.number");
    static final AttributeKey<Boolean> MESH_ATTEMPT_HEDGE = booleanKey("mesh.attempt.hedge");
    static final AttributeKey<String> MESH_ATTEMPT_OUTCOME = stringKey("mesh.attempt.outcome");
    static final AttributeKey<String> MESH_ENDPOINT_ID = stringKey("mesh.endpoint.id");
    static final AttributeKey<String> MESH_EJECTION_REASON = stringKey("mesh.ejection.reason");
    static final AttributeKey<Long> MESH_EJECTION_MILLIS = longKey("mesh.ejection.ms");
    static final AttributeKey<Long> MESH_RETRY_DELAY_MILLIS = longKey("mesh.retry.delay_ms");

    static final String RETRY_SCHEDULED = "mesh.retry.scheduled";
    static final String RETRY_DENIED = "mesh.retry.denied";
    static final String ENDPOINT_EJECTED = "mesh.endpoint.ejected";

    /** What stands for a method that the conventions do not list. */
    static final String OTHER_METHOD = "_OTHER";

    /** What stands for it in the name of a span. */
    static final String OTHER_METHOD_NAME = "HTTP";

    private MeshSemconv() {}
}
