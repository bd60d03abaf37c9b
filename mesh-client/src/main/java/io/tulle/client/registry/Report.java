package io.tulle.client.registry;

import io.tulle.api.resource.Instance;
import io.tulle.api.resource.Resource;
import io.tulle.client.wire.Renewal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a process tells its registry, and people, about what it has not done as it was told. Bounded, whatever was said. */
final class Report {
    private static final int MOST = 100;
    private static final int LONGEST = 300;

    private Report() {}

    /** Returns resources whose offered version is not in force. */
    static List<Renewal.Rejected> rejected(Beliefs beliefs, Enforcement enforcement) {
        List<Renewal.Rejected> rejected = new ArrayList<>();
        enforcement.rejections().values().stream().limit(MOST).forEach(rejection -> {
            Resource resource = rejection.resource();
            rejected.add(new Renewal.Rejected(
                    resource.kind().title(),
                    resource.metadata().namespace() + "/" + resource.metadata().name(),
                    resource.metadata().resourceVersion(),
                    shortened(rejection.reason())));
        });
        beliefs.unreadable().stream()
                .limit(MOST)
                .forEach(one -> rejected.add(new Renewal.Rejected(
                        shortened(one.kind()),
                        shortened(one.name()),
                        shortened(one.version()),
                        shortened(one.reason()))));
        return rejected;
    }

    /** Returns instances that are kept although they are said, or seem, to be gone. */
    static List<Renewal.Held> held(Beliefs beliefs, long now) {
        List<Renewal.Held> held = new ArrayList<>();
        for (ServiceBelief belief : beliefs.services()) {
            for (Kept kept : belief.kept().values()) {
                if (kept.resource() instanceof Instance instance && held.size() < MOST) {
                    held.add(new Renewal.Held(
                            belief.service(),
                            instance.metadata().name(),
                            instance.spec().uid(),
                            kept.reason().name().toLowerCase(Locale.ROOT),
                            (now - kept.since()) / 1_000_000));
                }
            }
        }
        return held;
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
