package io.tulle.grpc;

import io.grpc.Status;
import io.tulle.api.call.Processed;
import io.tulle.api.call.TransportError;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Service;
import io.tulle.testing.Reply;
import io.tulle.testing.tck.Caller;
import io.tulle.testing.tck.Scenario;
import io.tulle.testing.tck.ScriptedCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP's scenarios in gRPC's words. A failing status comes as trailers alone, so nothing follows its head; there are no redirects, no interim responses, and what is
 * cancelled is over at once. A response cannot be given back unread but by cancelling the call.
 */
final class GrpcScenario {
    private static final String CLOSING = "a gRPC response is given back by cancelling the call";
    private static final String HOLDING = "it holds a response open (StreamingTest limits open streams)";
    private static final Map<String, String> NOT_APPLICABLE = Map.of(
            "handsARedirectThrough",
            "gRPC has no redirects",
            "routesByPathMethodAndHeader",
            "every gRPC call is a POST (WaitingTest routes by gRPC method and metadata)",
            "closesTheResponseAtOnce",
            CLOSING,
            "closesTheResponseEarly",
            CLOSING,
            "holdsTheResponseOpen",
            CLOSING,
            "refusesBeyondTheConcurrencyLimit",
            HOLDING,
            "concurrencyLimitSendsTheCallElsewhere",
            HOLDING,
            "deadlineWhileACancelledAttemptIsStillOut",
            "a cancelled gRPC call is over at once",
            "loserAnswersAfterTheCallIsOver",
            "a cancelled gRPC call is over at once",
            "doesNotReplayAOneShotBodyThatWasRefused",
            "grpc-java sends again what a server has refused, by itself");

    private GrpcScenario() {}

    static @Nullable String notApplicable(Scenario scenario) {
        return NOT_APPLICABLE.get(scenario.name());
    }

    static Scenario of(Scenario http) {
        Map<String, List<Reply>> byInstance = new HashMap<>();
        http.repliesByInstance().forEach((name, replies) -> byInstance.put(name, replies(replies)));
        return new Scenario(
                http.name(),
                http.seed(),
                http.resources().stream().map(GrpcScenario::resource).toList(),
                http.calls().stream().map(GrpcScenario::call).toList(),
                replies(http.replies()),
                byInstance,
                http.expected(),
                http.heard());
    }

    /** Returns the gRPC status that an HTTP status of a script is told as. */
    static Status status(int http) {
        return switch (http) {
            case 400 -> Status.INVALID_ARGUMENT;
            case 404 -> Status.NOT_FOUND;
            case 429 -> Status.RESOURCE_EXHAUSTED;
            case 500 -> Status.INTERNAL;
            case 501 -> Status.UNIMPLEMENTED;
            case 503 -> Status.UNAVAILABLE;
            case 504 -> Status.DEADLINE_EXCEEDED;
            default -> throw new IllegalArgumentException(http + " (expected: a status that gRPC has a code for)");
        };
    }

    private static Resource resource(Resource resource) {
        return resource instanceof Service service
                ? new Service(
                        service.metadata(),
                        new Service.Spec(Protocol.GRPC, service.spec().subsets()))
                : resource;
    }

    private static ScriptedCall call(ScriptedCall call) {
        return call.caller().closeAfter() == null ? call : call.by(Caller.PATIENT);
    }

    private static List<Reply> replies(List<Reply> replies) {
        return replies.stream().map(GrpcScenario::reply).toList();
    }

    private static Reply reply(Reply reply) {
        if (reply.hasHead()) {
            boolean good = reply.status() < 400;
            return new Reply(
                    good ? 200 : reply.status(),
                    reply.headAfter(),
                    good ? reply.bodyTakes() : Duration.ZERO,
                    good ? reply.error() : null,
                    Processed.YES,
                    good ? -1 : reply.pushBackNanos(),
                    null,
                    false,
                    false);
        }
        TransportError error = reply.error();
        TransportError told = error == null
                ? null
                : switch (error) {
                    case TLS, REFUSED -> TransportError.CONNECT;
                    case EOF -> TransportError.RESET;
                    default -> error;
                };
        return new Reply(0, reply.headAfter(), reply.bodyTakes(), told, reply.processed(), -1, null, false, false);
    }
}
