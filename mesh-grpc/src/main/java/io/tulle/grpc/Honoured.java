package io.tulle.grpc;

import io.tulle.api.MeshException;
import io.tulle.api.resource.Protocol;
import io.tulle.api.resource.Route;
import io.tulle.core.snapshot.RuleSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a configuration asks of a gRPC channel that no gRPC channel can do. */
final class Honoured {
    private Honoured() {}

    /**
     * Checks a service that a channel is made for.
     *
     * @throws MeshException if something in its configuration cannot be honoured; it names everything
     */
    static void check(ServiceSnapshot service) {
        List<String> problems = problems(service);
        if (!problems.isEmpty()) {
            throw new MeshException(String.join("; ", problems));
        }
    }

    /** Returns what cannot be honoured; empty when all can. */
    static List<String> problems(ServiceSnapshot service) {
        List<String> problems = new ArrayList<>();
        if (service.protocol() != Protocol.GRPC) {
            problems.add(wrongProtocol(service));
        }
        for (RuleSnapshot rule : service.rules()) {
            for (Route.Match match : rule.settings().matches()) {
                String method = match.method();
                if (method != null && !method.equals("POST")) {
                    problems.add(service.name() + ": rule '" + rule.name() + "' matches method " + method
                            + ", which no gRPC call has (expected: POST or none; the gRPC method is the path,"
                            + " /package.Service/Method)");
                }
            }
        }
        return problems;
    }

    static String wrongProtocol(ServiceSnapshot service) {
        return service.name() + ": protocol " + service.protocol().name().toLowerCase(Locale.ROOT)
                + " (expected: grpc; http services are called through mesh-http)";
    }
}
