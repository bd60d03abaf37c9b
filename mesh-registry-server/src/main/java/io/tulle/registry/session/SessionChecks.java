package io.tulle.registry.session;

import io.tulle.api.resource.Instance;
import io.tulle.client.wire.OpenSession;
import io.tulle.registry.http.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What processes may say. Each check reports everything that is wrong at once. */
final class SessionChecks {
    /** How many instances a session may be opened with; more can be registered one by one. */
    static final int MOST_INSTANCES = 30;

    private static final int MOST_SUBSCRIPTIONS = 1_000;
    private static final int MOST_TEXT = 128;
    private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern SERVICE = Pattern.compile(NAME + "/" + NAME);

    private final List<ProblemException.Field> wrong = new ArrayList<>();

    private SessionChecks() {}

    static void check(OpenSession open) {
        SessionChecks checks = new SessionChecks();
        checks.service("/service", open.service());
        checks.that(
                !open.process().isEmpty() && open.process().length() <= MOST_TEXT,
                "/process",
                "'" + shortened(open.process()) + "' (expected: 1 to " + MOST_TEXT + " characters)");
        checks.that(
                open.client().length() <= MOST_TEXT,
                "/client",
                "'" + shortened(open.client()) + "' (expected: at most " + MOST_TEXT + " characters)");
        checks.services(open.subscriptions());
        checks.that(
                open.instances().size() <= MOST_INSTANCES,
                "/instances",
                open.instances().size() + " (expected: at most " + MOST_INSTANCES
                        + "; register the others one by one)");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < open.instances().size(); i++) {
            Instance instance = open.instances().get(i);
            checks.instance("/instances/" + i, open.service(), instance);
            checks.that(
                    names.add(instance.metadata().name()),
                    "/instances/" + i + "/metadata/name",
                    "'" + instance.metadata().name() + "' a second time (expected: each once)");
        }
        checks.done();
    }

    static void check(String service, String name, Instance instance) {
        SessionChecks checks = new SessionChecks();
        checks.instance("", service, instance);
        checks.that(
                name.equals(instance.metadata().name()),
                "/metadata/name",
                "'" + instance.metadata().name() + "' (expected: '" + shortened(name) + "', as in the path)");
        checks.done();
    }

    static void check(List<String> subscriptions) {
        SessionChecks checks = new SessionChecks();
        checks.services(subscriptions);
        checks.done();
    }

    /** Returns whether a text can be the name of a service. */
    static boolean isService(String text) {
        return SERVICE.matcher(text).matches();
    }

    private void services(List<String> subscriptions) {
        that(
                subscriptions.size() <= MOST_SUBSCRIPTIONS,
                "/subscriptions",
                subscriptions.size() + " (expected: at most " + MOST_SUBSCRIPTIONS + ")");
        for (int i = 0; i < Math.min(subscriptions.size(), MOST_SUBSCRIPTIONS); i++) {
            service("/subscriptions/" + i, subscriptions.get(i));
        }
    }

    private void service(String pointer, String text) {
        that(isService(text), pointer, "'" + shortened(text) + "' (expected: a service as namespace/name)");
    }

    private void instance(String pointer, String service, Instance instance) {
        String namespace = service.substring(0, Math.max(0, service.indexOf('/')));
        that(
                instance.metadata().namespace().equals(namespace),
                pointer + "/metadata/namespace",
                "'" + instance.metadata().namespace() + "' (expected: '" + shortened(namespace)
                        + "', the namespace of the session's service)");
        that(
                instance.service().startsWith(instance.metadata().namespace() + "/"),
                pointer + "/spec/service",
                "'" + instance.spec().service() + "' (expected: a service of the instance's namespace)");
    }

    private void that(boolean ok, String pointer, String detail) {
        if (!ok) {
            wrong.add(new ProblemException.Field(pointer, detail));
        }
    }

    private void done() {
        if (!wrong.isEmpty()) {
            ProblemException.Field first = wrong.get(0);
            throw new ProblemException(
                    422, "invalid-resource", first.pointer() + ": " + first.detail(), wrong, Map.of());
        }
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "...";
    }
}
