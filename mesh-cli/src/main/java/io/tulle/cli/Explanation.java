package io.tulle.cli;

import io.tulle.api.resource.Durations;
import io.tulle.api.resource.Resource;
import io.tulle.api.resource.Route;
import io.tulle.cli.text.Table;
import io.tulle.core.snapshot.Endpoint;
import io.tulle.core.snapshot.EndpointGroup;
import io.tulle.core.snapshot.RuleSnapshot;
import io.tulle.core.snapshot.ServiceSnapshot;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what the mesh would do with a request to a service that it knows. */
final class Explanation {
    private final Configuration configuration;
    private final ServiceSnapshot service;
    private final ExplainedRequest request;
    private final RuleSnapshot matched;

    Explanation(Configuration configuration, ServiceSnapshot service, ExplainedRequest request) {
        this.configuration = configuration;
        this.service = service;
        this.request = request;
        matched = service.match(request);
    }

    void print(PrintWriter out) {
        Route.Rule rule = matched.settings();
        new Table()
                .row("service", service.name())
                .row("rule", rule())
                .row("timeout", rule.timeout().isZero() ? "none" : Durations.format(rule.timeout()))
                .row("attempts", attempts(rule))
                .print(out);
        out.println();
        Table table = new Table().row("SHARE", "DESTINATION", "ENDPOINT", "ADDRESS");
        List<EndpointGroup> destinations = matched.destinations();
        for (int i = 0; i < destinations.size(); i++) {
            add(table, destinations.get(i), share(rule, i));
        }
        table.print(out);
    }

    private static void add(Table table, EndpointGroup group, String share) {
        String name = group.service().name() + (group.subset().isEmpty() ? "" : " " + group.subset());
        if (group.endpoints().isEmpty()) {
            table.row(share, name, "none", "calls will fail: no instance is known");
        }
        for (Endpoint endpoint : group.endpoints()) {
            String draining = endpoint.draining() ? " (drains: only if nothing else is left)" : "";
            table.row(share, name, endpoint.instanceName(), endpoint.host() + ":" + endpoint.port() + draining);
            share = "";
            name = "";
        }
    }

    private static String share(Route.Rule rule, int index) {
        if (rule.destinations().isEmpty()) {
            return "100.0 %";
        }
        long sum = rule.destinations().stream()
                .mapToLong(Route.Destination::weight)
                .sum();
        return String.format(
                Locale.ROOT, "%.1f %%", 100.0 * rule.destinations().get(index).weight() / sum);
    }

    private String rule() {
        for (Resource resource : configuration.resources()) {
            if (resource instanceof Route route) {
                int index = position(route);
                if (index >= 0) {
                    String name = matched.name().isEmpty() ? "" : "'" + matched.name() + "', ";
                    return name + "number " + (index + 1) + " of " + route.title() + " ("
                            + configuration.place().apply(route) + ")";
                }
            }
        }
        return "none matches: every call goes to the whole service";
    }

    @SuppressWarnings("ReferenceEquality") // an equal rule may stand in another route
    private int position(Route route) {
        List<Route.Rule> rules = route.spec().rules();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) == matched.settings()) {
                return i;
            }
        }
        return -1;
    }

    private String attempts(Route.Rule rule) {
        int most = rule.retry().attempts();
        boolean repeatable = rule.idempotent() == null ? request.idempotent() : rule.idempotent();
        String why = rule.idempotent() == null ? request.method() : "the rule";
        if (most == 1) {
            return "1";
        }
        return repeatable
                ? "up to " + most + " (repeatable by " + why + ")"
                : "1, more only if certainly nothing was processed (not repeatable by " + why + ")";
    }
}
